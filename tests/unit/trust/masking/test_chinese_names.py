"""Names in Chinese text."""

from __future__ import annotations

import pytest

from salus.trust.masking.chinese import find_chinese_names


def found(text: str) -> list[str]:
    """List the names found in a text, each once."""
    return sorted({text[span.start : span.end] for span in find_chinese_names(text)})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("欧阳医生查房", "欧阳"),
        ("由王建国主任医师主刀", "王建国"),
        ("姓名:亓小明 性别", "亓小明"),
        ("患者于秀英,女,54岁", "于秀英"),
        ("患者亓静,男", "亓静"),
        ("母亲何建国陪同", "何建国"),
        ("姓名:买买提·艾力", "买买提·艾力"),
        ("就诊于王医生处", "王"),
        ("李芳患者今晨", "李芳"),
    ],
)
def test_a_title_a_field_or_a_cue_tells_a_name(text: str, name: str) -> None:
    """Frequent family names need a cue or a title, rare ones a field or the sex behind."""
    assert found(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "患者高血压,黄疸,白细胞升高",
        "患者于今日出院",
        "患者曾住院,向医生诉痛",
        "主任查房,责任护士在场",
        "康复医师指导,高龄患者慎用",
        "唐氏综合征,白塞病,马方综合征",
    ],
)
def test_everyday_words_are_no_names(text: str) -> None:
    """What begins as a family name does is a word, where it is one."""
    assert found(text) == []
