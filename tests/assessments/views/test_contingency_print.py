"""One sheet of A4, however much the plan says, in both languages, with its code."""

import pypdfium2
import pytest
from django.utils import timezone

from assessments.services import StepText, TriggerText, share_card
from riskhub.web.templatetags.riskhub import day_in_full
from tests.contingency import content, make_contingency

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
    steps = [StepText(minute=n, text_zh="立即联系值班主管并说明现场情况啊" * 18) for n in range(40)]
    make_contingency(ops, by=risk_manager, said=content(ops, steps=steps))
    found = words_of(pages_of(sign_in(risk_manager).get(URL)))
    assert len(found) > 1
    assert "does not fit on one page" in found[0]
    assert [f"{number} / {len(found)}" in page for number, page in enumerate(found, 1)] == [
        True
    ] * len(found)
    assert "".join("".join(found).split()).count("立即联系值班主管并说明现场情况啊") == 40 * 18


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
