from dataclasses import replace

import pytest

from assessments.models import MatrixScheme
from assessments.schemes.content import Words
from riskhub.search.finding import find
from tests.assessments.changing import make_change
from tests.assessments.matrices import cautious, in_force
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


@pytest.mark.parametrize("text", ["RP-002", "rp-002", "rp2", "R2", "暗漏", "阀门"])
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


def test_codes_as_far_as_they_are_typed(plans, risk_manager):
    assert {hit.code for hit in hits(risk_manager, "rp-0", "plans")} == {"RP-001", "RP-002"}


@pytest.mark.parametrize("text", ["ch1", "CH-0", "CH-001"])
def test_a_change_by_its_code(risk_manager, clean, text):
    make_change(clean, by=risk_manager)
    assert [hit.code for hit in hits(risk_manager, text, "changes")] == ["CH-001"]


def test_an_edition_of_the_matrix_leads_whoever_reads_it_to_its_page(
    risk_manager, staff_cleaning, outsider, sign_in
):
    scheme = MatrixScheme.objects.in_force().get()
    (hit,) = hits(risk_manager, f"m{scheme.number}", "schemes")
    assert hit.code == scheme.code
    assert sign_in(risk_manager).get(hit.url).status_code == 200
    assert hits(risk_manager, scheme.name_zh, "schemes")[0].url == hit.url
    for user in (staff_cleaning, outsider):
        assert hits(user, scheme.code, "schemes") == []


@pytest.mark.parametrize("typed", ["matrix", "Risk matrix", "矩阵"])
def test_the_matrix_in_force_before_those_that_are_over(risk_manager, approver, typed):
    former = MatrixScheme.objects.in_force().get()
    renamed = replace(cautious(), name=Words("照护", "Care"))
    now = in_force(by=risk_manager, approver=approver, content=renamed)
    assert next(hit.code for hit in hits(risk_manager, typed, "schemes")) == now.code
    assert hits(risk_manager, former.name_en, "schemes")[0].code == former.code
