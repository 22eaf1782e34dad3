import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskhub.reports.writers.formulas import TRIGGERS, neutralise, restore

ATTACKS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example","click")',
    "+1+cmd|' /C calc'!A0",
    "+SUM(A1:A9)",
    "-2+3+cmd|' /C calc'!A0",
    "-SUM(A1)",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "＝1+1",
    "＋SUM(A1)",
    "－2+cmd|' /C calc'!A0",
    "＠SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\tword",
    "  =1+1",
    "\n=1+1",
    "\u3000=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "- 客户",
    "--1",
    "=",
    "-",
]
HARMLESS = [
    "",
    "高处作业坠落",
    "R001",
    "001",
    "-12",
    "-12.50",
    "+3",
    "-1,234.56",
    "-3.2e-5",
    "-15%",
    "2026-09-30",
    "2026-09-30 18:00",
    "+86 138 0013 8000",
    "+86-138-0013-8000",
    "+8613800138000",
    "+86 (10) 8888-6666",
    "400-820-8820",
    "a=b",
    "1-2",
    "（1）＝是",
    "'quoted'",
    "'",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_attack_gets_an_apostrophe(text):
    assert neutralise(text) == "'" + text


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_is_kept(text):
    assert neutralise(text) == text
    assert restore(text) == text


def test_text_that_looks_neutralised_gets_one_more_apostrophe():
    assert neutralise("'=1+1") == "''=1+1"
    assert restore("''=1+1") == "'=1+1"


@given(st.text(alphabet=st.characters(codec="utf-8")) | st.from_regex(r"['\s]*[=+\-@＝\t].*"))
def test_every_text_is_read_back_as_it_was(text):
    assert restore(neutralise(text)) == text


@given(st.sampled_from(TRIGGERS), st.text(alphabet="abcXYZ()!|' \"", min_size=1))
def test_nothing_with_letters_begins_with_a_trigger(trigger, rest):
    assert neutralise(trigger + rest).startswith("'")
