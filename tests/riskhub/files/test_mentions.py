"""Whom a text mentions, in both languages."""

import pytest

from riskhub.accounts.models import User
from riskhub.files.mentions import find_mentions, has_mentions, marked, spellings

CHEN = User(pk=1, username="risk.manager", display_name="陈静 Chen Jing")
WANG = User(pk=2, username="wang.fang", display_name="王芳")
OTHER_WANG = User(pk=3, username="wang.fang2", display_name="王芳")
LI = User(pk=4, username="li", display_name="Mary Li")
ALL = [CHEN, WANG, LI]


def found(text, people=ALL):
    mentions = find_mentions(text, people)
    return [u.username for u in mentions.people], mentions.unknown, list(mentions.doubtful)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@risk.manager", ["risk.manager"]),
        ("@Risk.Manager: stop", ["risk.manager"]),
        ("见 @risk.manager.", ["risk.manager"]),
        ("@陈静 看一下", ["risk.manager"]),
        ("请@陈静看一下，@王芳也看", ["risk.manager", "wang.fang"]),
        ("＠王芳", ["wang.fang"]),
        ("@Chen Jing, @chen jing", ["risk.manager"]),
        ("@陈静 Chen Jing", ["risk.manager"]),
        ("(@mary li)", ["li"]),
        ("@li\n@wang.fang", ["li", "wang.fang"]),
    ],
)
def test_each_way_to_write_a_name(text, names):
    assert found(text) == (names, [], [])


@pytest.mark.parametrize(
    "text", ["", "陈静", "chen@example.com", "3 @ 100 元", "每人@100", "@", "@ 王芳", "a@@", "@，"]
)
def test_what_is_no_mention(text):
    assert found(text) == ([], [], [])


@pytest.mark.parametrize(
    ("text", "word"),
    [("@zhao.yong 看", "zhao.yong"), ("@risk.manager2", "risk.manager2"), ("@lin", "lin"),
     ("@赵勇", "赵勇"), ("@li.wei", "li.wei")],
)  # fmt: skip
def test_another_name_is_not_the_one_that_it_begins_with(text, word):
    assert found(text) == ([], [word], [])


def test_a_name_of_two_is_a_question_and_a_user_name_is_not():
    people = [WANG, OTHER_WANG]
    assert found("@王芳", people) == ([], [], ["王芳"])
    assert found("@wang.fang2 @wang.fang", people) == (["wang.fang2", "wang.fang"], [], [])


def test_one_letter_is_no_name():
    assert spellings(User(username="x", display_name="")) == []


def test_the_text_in_pieces():
    assert list(marked("请@陈静看，x@陈静", [CHEN])) == [
        ("请", False), ("@陈静", True), ("看，x@陈静", False),
    ]  # fmt: skip
    assert list(marked("@王芳", [])) == [("@王芳", False)]
    assert (has_mentions("@a"), has_mentions("a@b.c")) == (True, False)
