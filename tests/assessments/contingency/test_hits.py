"""What the command bar finds of contingency plans and drills, and for whom."""

import pytest
from django.utils.translation import override

from tests.assessments.test_hits import hits
from tests.contingency import make_contingency

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(clean, repair, risk_manager):
    """With its first drill; another department has another one."""
    make_contingency(repair, by=risk_manager, name_zh="漏电预案", name_en="Electric shock")
    return make_contingency(clean, by=risk_manager, name_zh="坠落预案", name_en="Fall of a person")


@pytest.mark.parametrize("text", ["code", "坠落", "person fall"])
def test_a_plan_and_its_drill_by_code_and_by_name(plan, staff_cleaning, sign_in, text):
    with override("en"):
        asked = plan.code.lower() if text == "code" else text
        (found,), (drill,) = (hits(staff_cleaning, asked, key) for key in ("contingency", "drills"))
    assert (found.code, found.name, found.meta) == (
        plan.code,
        "Fall of a person",
        ["House cleaning"],
    )
    assert (drill.code, drill.name, drill.meta[0]) == (plan.code, "Fall of a person", "Scheduled")
    for hit in (found, drill):
        assert sign_in(staff_cleaning).get(hit.url).status_code == 200


@pytest.mark.parametrize("text", ["cp102", "CP-10", "cp-102"])
def test_a_code_as_far_as_it_is_typed(plan, staff_cleaning, text):
    for key in ("contingency", "drills"):
        assert [hit.code for hit in hits(staff_cleaning, text, key)] == ["CP-102"]


def test_what_begins_it_finds_it_here_and_in_the_list(plan, staff_cleaning, sign_in):
    (hit,) = hits(staff_cleaning, "有人受伤", "contingency")
    assert hit.code == "CP-102"
    for text, found in (("有人受伤", True), ("cp102", True), ("没有这样的事", False)):
        page = sign_in(staff_cleaning).get("/contingency/", {"q": text})
        assert (plan in page.context["page"]) == found


def test_another_department_finds_neither(plan, staff_cleaning, outsider):
    for key in ("contingency", "drills"):
        assert hits(staff_cleaning, "漏电", key) == []
        assert hits(outsider, "坠落", key) == []
