"""Words that look like names of people, and are names of illnesses, signs and scores."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

TERMS = (
    "disease|syndrome|sign|test|score|scale|index|criteria|palsy|phenomenon|reflex|procedure"
    "|operation|lymphoma|sarcoma|tumou?r|thyroiditis|contracture|manoeuvre|maneuver|catheter|monitor"
    "|fracture|disorder|anomaly|classification|stage|grade|point|esophagus|oesophagus|ulcer|nodes?"
    "|cells?|bod(?:y|ies)|chorea|dementia|stain|position|murmur|pupil|tetralogy|solution|lactate"
    "|breathing|breaths|respirations?|triad|ataxia|dystrophy|neuropathy|encephalopathy|psychosis"
    "|malformation|purpura|nephritis|arteritis|gangrene|cyst|diverticulum|hernia|risk|class|protocol"
)
ILLNESS = re.compile(rf"(?:['-]?s)?(?:[- ][A-Z][a-z]+){{0,2}} (?:{TERMS})\b")
CHINESE_TERMS = (
    "综合征|综合症|病|征|症|瘤|反射|呼吸|试验|点|骨折|关节炎|动脉炎|甲状腺炎|食管|痴呆|淋巴|麻痹"
    "|面瘫|四联|评分|量表|分级|分期|筛查|指数|憩室|细胞"
)


@cache
def words(name: str) -> frozenset[str]:
    """Read one of the lists of words that are no names.

    Parameters
    ----------
    name : str
        ``eponyms``, ``not_names``, ``names_too``, ``chinese_eponyms`` or ``chinese_not_names``.

    Returns
    -------
    frozenset of str

    Examples
    --------
    >>> "Parkinson" in words("eponyms"), "帕金森" in words("chinese_eponyms")
    (True, True)
    """
    file = resources.files("salus.trust.masking") / "words.toml"
    return frozenset(tomllib.loads(file.read_text(encoding="utf-8"))[name])


@cache
def beginnings(name: str, behind: str = "") -> re.Pattern[str]:
    """Make a pattern of a list of words, the longest first.

    Parameters
    ----------
    name : str
        As of :func:`words`.
    behind : str
        Pattern of what must follow.

    Returns
    -------
    re.Pattern
    """
    longest = sorted(words(name), key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(map(re.escape, longest))}){behind}")


def is_illness(text: str, start: int, end: int) -> bool:
    """Tell whether a name in a text goes on as the name of an illness.

    Parameters
    ----------
    text : str
        Folded.
    start, end : int
        Where the name stands.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_illness("Parkinson's disease", 0, 9), is_illness("唐氏综合征", 0, 2)
    (True, True)
    >>> is_illness("Parkinson is better", 0, 9)
    False
    """
    chinese = beginnings("chinese_eponyms", f"氏?[\u4e00-\u9fff]{{0,2}}?(?:{CHINESE_TERMS})")
    return bool(ILLNESS.match(text, end) or chinese.match(text, start))
