import pytest

from riskhub.search.finding import find
from tests.builders import assess, make_plan, make_risk


def hits(user, text, key):
    groups = find(user, text, 6)
    return next((list(group.hits) for group in groups if group.key == key), [])


@pytest.fixture
def plans(register, risk_manager, clean, repair):
    """A plan in force for a risk of each department."""
    for department, title in ((clean, "地面湿滑"), (repair, "阀门暗漏")):
        risk = make_risk(register, by=risk_manager, department=department, title=title)
        assess(risk, (2, 2), (2, 2), by=risk_manager)
        make_plan(risk, by=risk_manager, submitted=True)


@pytest.mark.parametrize("text", ["RP-002", "rp-002", "R2", "暗漏", "阀门"])
def test_a_plan_by_its_code_or_by_its_risk(plans, risk_manager, sign_in, text):
    (hit,) = hits(risk_manager, text, "plans")
    assert (hit.code, hit.name) == ("RP-002", "R002 阀门暗漏")
    assert sign_in(risk_manager).get(hit.url).status_code == 200


def test_an_action_by_its_words_leads_to_its_plan(plans, risk_manager, sign_in):
    found = hits(risk_manager, "试压", "actions")
    assert {hit.code for hit in found} == {"RP-001", "RP-002"}
    assert sign_in(risk_manager).get(found[0].url).status_code == 200


@pytest.mark.parametrize("text", ["RP-002", "R2", "暗漏"])
def test_another_department_finds_neither(plans, staff_cleaning, head_cleaning, text):
    for user in (staff_cleaning, head_cleaning):
        assert [group.key for group in find(user, text, 6)] == []
        assert {hit.code for hit in hits(user, "试压", "actions")} == {"RP-001"}
