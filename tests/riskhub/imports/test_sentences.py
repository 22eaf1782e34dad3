import datetime as dt
import json

from django.utils import translation
from django.utils.translation import gettext_noop as _

from riskhub.imports.sentences import (
    Sentence,
    join_sentences,
    place,
    refuse_at,
    say,
    sentence_from_json,
)
from riskhub.imports.sheets import (
    Flaw,
    clean_cell,
    column_index,
    column_letter,
    is_damaged,
    text_of,
)


def test_a_sentence_is_stored_with_its_facts_and_read_later():
    refused = refuse_at(place("Risks", 5, "B"), _("the limit is %(limit)s rows."), limit=7)
    stored = json.loads(json.dumps(refused.sentence.as_json()))
    assert sentence_from_json(stored) == refused.sentence
    with translation.override("en"):
        assert (
            str(sentence_from_json(stored))
            == "Sheet “Risks”, row 5, column B: the limit is 7 rows."
        )
        assert str(refused) == str(refused.sentence)


def test_every_place_has_its_words():
    with translation.override("en"):
        places = [
            place(sheet, row, column)
            for sheet in (None, "S")
            for row in (None, 2)
            for column in (None, "C")
        ]
        assert [str(found) for found in places] == [
            "The file", "Column C", "Row 2", "Row 2, column C",
            "Sheet “S”", "Sheet “S”, column C", "Sheet “S”, row 2", "Sheet “S”, row 2, column C",
        ]  # fmt: skip


def test_sentences_follow_each_other():
    with translation.override("en"):
        assert join_sentences([say("One %(x)s.", x="100%"), say("Two.")]) == "One 100%. Two."
    assert str(Sentence("")) == ""


def test_letters_and_numbers_of_columns():
    for index, letters in (
        (0, "A"),
        (25, "Z"),
        (26, "AA"),
        (701, "ZZ"),
        (702, "AAA"),
        (16383, "XFD"),
    ):
        assert (column_letter(index), column_index(letters)) == (letters, index)


def test_cells_in_words():
    day = dt.date(2026, 8, 6)
    moment = dt.datetime(2026, 8, 6, 13, 5)  # noqa: DTZ001 (cells have no zone)
    cells = [None, Flaw("#REF!"), True, False, 3, 0.4, "x", day, moment]
    assert [text_of(cell) for cell in cells] == [
        "", "#REF!", "TRUE", "FALSE", "3", "0.4", "x", "2026-08-06", "2026-08-06 13:05",
    ]  # fmt: skip


def test_numbers_that_are_none():
    assert clean_cell(float("nan")) == Flaw("#NUM!")
    assert clean_cell(float("inf")) == Flaw("#NUM!")
    assert clean_cell(0.1 + 0.2) == 0.3
    assert clean_cell(2**40 * 1.0) == 2**40


def test_text_damaged_by_a_wrong_encoding():
    assert [is_damaged(text) for text in ("�", "锟斤拷", "donâ€™t", "don’t", "漏水")] == [
        True, True, True, False, False,
    ]  # fmt: skip
