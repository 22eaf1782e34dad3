"""The words of the pages: each sentence that they say otherwise exists in the import."""

import pytest
from django.utils import translation

from assessments import import_pages, import_rows
from riskhub.imports.sentences import say
from tests import catalogue


@pytest.fixture(scope="module")
def extracted():
    return [message for message in catalogue.extract() if message.id]


def test_every_sentence_said_otherwise_exists(extracted):
    known = {message.id for message in extracted}
    otherwise = import_rows._ON_THE_PAGE
    assert set(otherwise) <= known
    assert set(otherwise.values()) <= known
    assert {import_rows._DEFAULTED, import_rows._DEFAULTED_TEXT} <= known


def test_no_sentence_on_the_page_speaks_of_the_mapping_file(extracted):
    """Those of a mapping that is wrong in itself come only from a file given to the command."""
    modules = ("body", "columns", "layout", "reading", "rows", "scores", "scales")
    said = {
        message.id
        for message in extracted
        if any(
            f"register_import/{name}.py" in place
            for name in modules
            for place, _n in message.locations
        )
        and "mapping" in message.id
        and "The mapping's" not in message.id
    }
    assert said == {text for text in import_rows._ON_THE_PAGE if "mapping" in text}


def test_sentences_inside_sentences_are_said_otherwise_too():
    inner = next(text for text in import_rows._ON_THE_PAGE if text.startswith("the columns"))
    with translation.override("en"):
        told = import_rows.in_words(
            say("%(place)s: %(what)s", place="A", what=say(inner, known="B"))
        )
    assert told == (
        "A: the columns B are known, and none has the names of the risks. Choose it under “Columns”."
    )


def test_chinese_sentences_stand_without_spaces():
    sentence = say("Empty row.")
    with translation.override("zh-hans"):
        assert import_rows._join([sentence, sentence]) == f"{sentence}{sentence}"
    with translation.override("en"):
        assert import_rows._join([sentence, sentence]) == "Empty row. Empty row."


@pytest.mark.parametrize(
    ("counts", "english", "chinese"),
    [
        ((3, 0, 0, 0), "3 rows in the file: 3 imported.", "文件共 3 行：导入 3 行。"),
        ((0, 1, 0, 0), "1 row in the file: 1 already there.", "文件共 1 行：已有 1 行。"),
        (
            (30, 8, 1, 2),
            "41 rows in the file: 30 imported, 8 already there, 1 in error, 2 left out.",
            "文件共 41 行：导入 30 行，已有 8 行，出错 1 行，略过 2 行。",
        ),
        (
            (0, 0, 2, 0),
            "2 rows in the file: 2 in error.",
            "文件共 2 行：出错 2 行。",
        ),
    ],
)
def test_the_parts_add_up_to_all_rows(counts, english, chinese):
    outcomes = dict(zip(("create", "same", "error", "ignored"), counts, strict=True))
    for language, sentence in (("en", english), ("zh-hans", chinese)):
        with translation.override(language):
            assert import_pages.sum_of_rows(outcomes) == sentence
