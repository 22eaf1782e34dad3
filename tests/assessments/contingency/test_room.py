"""How much room a card takes: what was measured to fit has one page when it is drawn."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils.safestring import mark_safe
from django.utils.translation import override

from assessments.contingency import printing
from assessments.contingency.card import Card
from assessments.contingency.room import SIZES, lines_of, room_of, size_of
from riskhub.reports.render.process import render_pdf

pytestmark = pytest.mark.django_db
ADDRESS = "https://riskhub.example.com/m/cp/0f8fad5b-d9cb-469f-a165-70867728950e"


def card(text, *, steps, triggers=2, phone="", contacts=()):
    version = SimpleNamespace(
        number=1, in_force_from=date(2026, 11, 3), in_charge="运营中心", in_reserve="保洁部"
    )
    plan = SimpleNamespace(code="CP-101", name="人身伤害预案")
    step = SimpleNamespace(minute=40_001, actor="运营中心 / 值班经理", text=text, phone=phone)
    return Card(plan, version, [SimpleNamespace(text=text)] * triggers, [step] * steps, contacts)


def test_fewer_words_larger_type():
    found = [size_of(card("通知值班经理" * 4, steps=count)) for count in (2, 8, 14, 20)]
    assert found[0] == SIZES[0]
    assert found == sorted(found, reverse=True)
    assert size_of(card("通知值班经理" * 50, steps=40)) is None


@pytest.mark.parametrize(
    ("text", "wide", "lines"),
    [
        ("", 10, 1), ("通" * 10, 10, 1), ("通" * 11, 10, 2), ("one two", 5, 1), ("one two", 3, 2),
        ("m" * 100, 10, 10), ("on " + "m" * 10, 10, 2), ("通知mm", 3, 2), ("MI m", 10, 1),
    ],
)  # fmt: skip
def test_lines_of_a_text(text, wide, lines):
    assert lines_of(text, wide) == lines


@pytest.mark.parametrize(
    ("facts", "longest"),
    [
        ({"steps": 20}, "steps"), ({"steps": 1, "triggers": 20}, "triggers"),
        ({"steps": 1, "contacts": ["值班"] * 300}, "contacts"),
    ],
)  # fmt: skip
def test_what_takes_most(facts, longest):
    room = room_of(card("通知值班经理，说明现场情况", **facts))
    assert room.longest == longest
    assert (room.too_long > 0) == (longest == "contacts")


TEXTS = {
    "zh-hans": "立即联系值班主管，并说明现场情况：有人受伤。先切断电源（总闸），保护好客户财物！",
    "en": "Call the duty manager at once, switch off the mains, keep everybody away, photograph damage. ",
}


@pytest.mark.parametrize("locale", TEXTS)
@pytest.mark.parametrize("phone", ["", "010-6677 8899 转 812"])
def test_what_just_fits_has_one_page(locale, phone, tmp_path):
    with override(locale):
        text = (TEXTS[locale] * 9)[:180].strip()
        fitting = [card(text, steps=count, phone=phone) for count in range(1, 41)]
        largest = [one for one in fitting if not room_of(one).too_long][-1]
        room = room_of(largest)
        assert room.total > 0.9 * room.page
        job = printing._job(largest, ADDRESS, mark_safe("<svg></svg>"), SIZES[-1])
        assert render_pdf(job, tmp_path / "card.pdf").pages == 1
