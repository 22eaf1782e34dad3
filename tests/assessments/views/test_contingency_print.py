"""One sheet of A4, however much the plan says, in both languages, with its code."""

import pypdfium2
import pytest
from django.utils import timezone
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from assessments.contingency import printing
from assessments.services import StepText, TriggerText, share_card
from riskhub.entry.day_words import day_in_full
from riskhub.reports.render.process import render_pdf
from tests.contingency import content, make_contingency, make_unmeasured

URL = "/contingency/CP-101/card/"
pytestmark = pytest.mark.django_db


def pages_of(response):
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return pypdfium2.PdfDocument(response.getvalue())


@pytest.mark.parametrize(("locale", "words"), [("en", "Call 120"), ("zh-hans", "拨打120")])
def test_one_page_in_each_language(sign_in, risk_manager, ops, locale, words):
    make_contingency(ops, by=risk_manager)
    pages = pages_of(sign_in(risk_manager, locale).get(URL))
    assert len(pages) == 1
    text = pages[0].get_textpage().get_text_bounded()
    assert words in text
    assert "http://testserver/m/cp/CP-101" in text.replace("\n", "").replace("\r", "")


def test_a_long_plan_has_one_page_too(sign_in, risk_manager, ops):
    said = content(
        ops,
        triggers=[TriggerText(text_zh=f"第{n}种情况：" + "客户家中发生意外" * 4) for n in range(8)],
        steps=[StepText(minute=n, text_zh="立即联系值班主管并说明现场情况" * 5) for n in range(20)],
    )
    plan = make_contingency(ops, by=risk_manager, said=said)
    share_card(plan, by=risk_manager, is_public=True)
    pages = pages_of(sign_in(risk_manager).get(URL))
    assert len(pages) == 1


def words_of(pages):
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pages]


def test_what_no_page_holds_says_so_on_numbered_pages(sign_in, risk_manager, ops):
    """As such plans came into force before a card was measured."""
    steps = [StepText(minute=n, text_zh="立即联系值班主管并说明现场情况啊" * 18) for n in range(40)]
    make_unmeasured(ops, by=risk_manager, said=content(ops, steps=steps))
    found = words_of(pages_of(sign_in(risk_manager).get(URL)))
    assert len(found) > 1
    assert "does not fit on one page" in found[0]
    assert [f"{number} / {len(found)}" in page for number, page in enumerate(found, 1)] == [
        True
    ] * len(found)
    assert "".join("".join(found).split()).count("立即联系值班主管并说明现场情况啊") == 40 * 18


def test_the_most_that_may_be_written_is_drawn_once(sign_in, risk_manager, ops, monkeypatch):
    """25 seconds and 15 pages before it was measured."""
    trials = []

    def counted(job, path):
        trials.append(job)
        return render_pdf(job, path)

    plan = make_contingency(ops, by=risk_manager, said=content(ops, contacts="值班" * 8))
    monkeypatch.setattr(printing, "render_pdf", counted)
    client = sign_in(risk_manager)
    first, again = (client.get(URL).getvalue() for _try in range(2))
    assert (first == again, len(trials)) == (True, 1)
    share_card(plan, by=risk_manager, is_public=True)
    client.get(URL)
    assert len(trials) == 2


def test_words_without_a_blank_break(sign_in, risk_manager, ops):
    said = content(
        ops, contacts="x" * 400, triggers=[TriggerText(text_en="w" * 300)],
        steps=[StepText(minute=0, text_en="m" * 300, who="n" * 100, phone="1" * 40)],
    )  # fmt: skip
    make_contingency(ops, by=risk_manager, said=said, name_en="k" * 200)
    pages = pages_of(sign_in(risk_manager).get(URL))
    text = "".join(words_of(pages)).replace(" ", "")
    assert len(pages) == 1
    assert [text.count(sign * 9) > 0 for sign in "xwmnk1"] == [True] * 6
    drawn = [one.get_bounds() for one in pages[0].get_objects(filter=[FPDF_PAGEOBJ_TEXT])]
    assert max(right for _left, _bottom, right, _top in drawn) <= pages[0].get_width()


def test_emergency_numbers_first_the_year_and_no_empty_column(sign_in, risk_manager, ops):
    steps = [StepText(minute=0, text_en="Leave the house")]
    plan = make_contingency(ops, by=risk_manager, said=content(ops, steps=steps))
    (text,) = words_of(pages_of(sign_in(risk_manager).get(URL)))
    assert "Phone" not in text
    assert f"in force since {day_in_full(plan.in_force.in_force_from)}" in text
    assert text.index("120 Ambulance") < text.index("Injury")
    assert str(timezone.localdate().year) in text


def test_only_of_a_plan_in_force(sign_in, risk_manager, staff_repair, ops):
    make_contingency(ops, by=risk_manager, in_force=False)
    for user in (risk_manager, staff_repair):
        assert sign_in(user).get(URL).status_code == 404


def test_wrong_method(sign_in, risk_manager):
    assert sign_in(risk_manager).post(URL).status_code == 405
