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


def test_another_department_finds_neither(plan, staff_cleaning, outsider):
    for key in ("contingency", "drills"):
        assert hits(staff_cleaning, "漏电", key) == []
        assert hits(outsider, "坠落", key) == []
