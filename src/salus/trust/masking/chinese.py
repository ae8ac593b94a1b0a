"""Names in Chinese text, by the family name and by what stands before or behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salus.trust.masking.eponyms import beginnings, is_illness
from salus.trust.masking.span import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严欧莫孔向常汤康易乔赖文葛洪"
    "苗祁詹梅岳翁樊蒲耿聂焦柴翟邢裴柳殷俞盛鲍凌喻霍占柯阮欧骆甘庞兰齐辛简申涂"
)
"""The hundred most frequent family names (Ministry of Public Security, report of 2020), and others
that are seldom anything else."""
DOUBLE = "欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|东方|端木|长孙|宇文"
ADVERBS = "于曾常易向"
"""Family names that say when or how behind the word patient: only sex or age makes them names."""
EVERYDAY = "余方何任万文高白黄金石毛严康安夏段雷江洪武史程范"
"""Family names that are everyday words too: names of three signs only, where a mere cue speaks."""
HAN = "[\u4e00-\u9fff]"
FAMILY = f"(?:{DOUBLE}|[{SINGLE}])"
TITLE = (
    "(?:副?主任|主治|住院|值班|管床)?(?:医师|医生|大夫|护士长|护士|护师|药师|技师|教授|主任|院长|先生|女士|小姐|太太|老师"
    "|阿姨|大爷|大妈|奶奶|爷爷|老太太|同志)"
)
FIELD = (
    "(?:姓名|患者|病人|患儿|联系人|紧急联系人|家属|监护人|陪同人|(?:主治|经治|主管|管床|住院|接诊|会诊|报告|审核|申请|检查|手术"
    "|麻醉|首诊|值班|上级)(?:医师|医生)|(?:责任|值班|巡回|器械)护士|医师|医生|护士|主刀|术者|助手|第?一助|麻醉师|记录者|记录人"
    "|检验者|核对者|签名|签字|产妇|父亲|母亲|配偶|儿子|女儿|丈夫|妻子)"
)
PATIENT = "(?:患者|病人|病员|患儿|产妇|伤者|死者|经由?|请|由)"
NEAR = (
    "(?:(?:其|之)?(?:子|女|妻|夫|父|母)|儿子|女儿|妻子|丈夫|父亲|母亲|配偶|哥哥|弟弟|姐姐|妹妹|儿媳"
    "|女婿|老伴|邻居|同事|朋友|家属|联系人|收件人|家长|监护人|委托人|代理人|签署人|姓名|名叫|名为"
    "|叫做?|自称)"
)
ROLE = "(?:医师|医生|大夫|护士|护工|药师|技师|治疗师|麻醉师|主刀|助手|社工|保姆)"
STOP = (
    "(?=$|[^\u4e00-\u9fff]|[男女因系诉述今昨现已被将的为是入来住出于在到签陪代说称送协电沟提病发通告查交随继核执完予给]"
    "|自述|主诉|自诉|前来|会诊|主刀)"
)
SEX = "(?=[ ,，、(（;；]{0,3}(?:[男女](?:$|[ ,，、)）。;性])|性别|年龄|[0-9]{1,3}岁))"

TITLED = re.compile(
    f"(?P<it>(?!于[{SINGLE}]|向[医护主家]|(?<=[主责])任){FAMILY}{HAN}{{0,2}}?)(?={TITLE})"
)
FIELDED = re.compile(
    f"{FIELD}(?:姓名|签名|签字)?[ (]*[:=][ ]*(?P<it>{HAN}{{1,6}}(?:·{HAN}{{1,8}})+|{HAN}{{2,4}}"
    f"(?=$|[^\u4e00-\u9fff])|{FAMILY}{HAN}{{1,2}}(?=性别|年龄|[男女]|出生|住院|电话|身份|职业|民族))"
)
DESCRIBED = re.compile(f"(?:^|(?<=[^\u4e00-\u9fff]))(?P<it>{FAMILY}{HAN}{{1,2}}){SEX}")
BEFORE_PATIENT = re.compile(f"(?:^|(?<=[^\u4e00-\u9fff]))(?P<it>{FAMILY}{HAN}{{1,2}})(?=患者|病人)")
INTRODUCED = re.compile(f"(?:{PATIENT}|{NEAR})[ ,:]?(?P<it>{HAN}{{2,3}}){SEX}")
CUED = re.compile(
    f'{PATIENT}[ ,:"]?(?P<it>(?![{ADVERBS}])(?:[{EVERYDAY}]{HAN}{{2}}'
    f"|(?![{EVERYDAY}]){FAMILY}{HAN}{{1,2}})){STOP}"
)
NEARBY = re.compile(f'(?:{NEAR}|{ROLE})[ ,:"]?(?P<it>{FAMILY}{HAN}{{1,2}}){STOP}')
OF_KIN = re.compile(f"{NEAR}(?P<it>{FAMILY}(?!{HAN}签[字名]){HAN}{{2}})(?!{HAN}?(?:史|病))")
DOTTED = re.compile(f"(?P<it>{HAN}{{2,6}}(?:·{HAN}{{2,8}})+)(?!氏|病|综合征|征|症|骨折|淋巴)")
SHAPES = (TITLED, FIELDED, DESCRIBED, BEFORE_PATIENT, INTRODUCED, CUED, NEARBY, OF_KIN, DOTTED)


def find_chinese_names(text: str) -> Iterator[Span]:
    """Find names before a title, behind a field or a cue such as 患者, or before sex or age.

    Outside fields, and unless sex or age follows a cue, it must begin with a frequent family name.

    Parameters
    ----------
    text : str
        Folded.

    Yields
    ------
    Span
        Of kind name, without the title.

    Examples
    --------
    >>> text = "患者王小明,男,帕金森病,由李建国医生接诊。患者高血压,黄疸。"
    >>> [text[span.start : span.end] for span in find_chinese_names(text)]
    ['李建国', '王小明', '王小明']
    """
    other_words = beginnings("chinese_not_names")
    for match in (match for shape in SHAPES for match in shape.finditer(text)):
        start, end = match.span("it")
        if not other_words.match(text, start) and not is_illness(text, start, end):
            yield Span(start, end, Kind.NAME)
