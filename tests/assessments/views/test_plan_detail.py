import pytest

from assessments.matrix import Cell
from assessments.services import finish_action, save_plan, submit_plan, withdraw_plan
from tests.assessments.services.test_plans import approve, changed
from tests.builders import make_plan
from tests.cast import make_user

pytestmark = pytest.mark.django_db

URL = "/plans/RP-001/"


@pytest.fixture
def plan(high_risk, risk_manager):
    return make_plan(high_risk, by=risk_manager)


def buttons(page):
    names = ("can_edit", "can_submit", "can_withdraw", "can_decide")
    return tuple(page.context[name] for name in names)


@pytest.mark.parametrize(
    ("who", "draft", "submitted"),
    [
        ("risk_manager", (1, 1, 1, 0), (1, 0, 1, 0)),
        ("staff_cleaning", (1, 0, 0, 0), (0, 0, 0, 0)),
        ("approver", (0, 0, 0, 0), (0, 0, 0, 1)),
        ("auditor", (0, 0, 0, 0), (0, 0, 0, 0)),
    ],
)
def test_who_finds_which_button(request, plan, sign_in, who, draft, submitted):
    client = sign_in(request.getfixturevalue(who))
    assert buttons(client.get(URL)) == draft
    submit_plan(plan, by=request.getfixturevalue("risk_manager"))
    assert buttons(client.get(URL)) == submitted


def test_it_tells_its_way(plan, risk_manager, approver, sign_in):
    submit_plan(plan, by=risk_manager)
    page = sign_in(risk_manager).get(URL)
    assert (page.context["waiting"].days, page.context["deciders"]) == (0, "马文斌")
    approve(plan, approver)
    finish_action(plan.actions.get(), by=risk_manager, note="压力表已发")
    plan.refresh_from_db()
    save_plan(plan, by=risk_manager, version=None, content=changed(plan, objective="改"))
    page = sign_in(risk_manager).get(URL)
    assert [row.words for row in page.context["history"]] == [
        "马文斌 approved version 1: “同意”", "陈静 submitted version 1",
    ]  # fmt: skip
    assert "Version 2 is not approved. Work goes on under version 1." in page.text
    assert "压力表已发" in page.text
    assert page.context["approved"].approver == approver


def test_an_approver_who_wrote_reads_why_not(plan, risk_manager, approver, sign_in):
    save_plan(plan, by=approver, version=None, content=changed(plan, objective="我写的"))
    submit_plan(plan, by=risk_manager)
    page = sign_in(approver).get(URL)
    assert page.context["why_not"] == "You wrote on this plan, so another approver decides on it."
    assert "Nobody may decide on it yet: tell the administrator." in page.text


def test_an_approver_who_submitted_reads_why_not(plan, sign_in):
    both = make_user("both", "两职", "approver")
    submit_plan(plan, by=both)
    assert sign_in(both).get(URL).context["why_not"] == (
        "You submitted this plan, so another approver decides on it."
    )


def test_an_ended_plan_says_why(plan, risk_manager, sign_in):
    withdraw_plan(plan, by=risk_manager, reason="业务停止")
    page = sign_in(risk_manager).get(URL)
    assert "业务停止" in page.text
    assert buttons(page) == (False, False, False, False)


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff_cleaning", 200), ("auditor", 200), ("head_repair", 404), ("outsider", 404)],
)
def test_who_sees_it(request, plan, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    assert client.get("/plans/rp-001/").status_code == status
    assert client.post(URL).status_code == 405


def test_the_target_of_a_draft_has_its_level(high_risk, risk_manager, sign_in):
    make_plan(high_risk, by=risk_manager, target=(2, 3))
    page = sign_in(risk_manager).get("/plans/RP-001/")
    assert page.context["wording"].target == Cell(2, 3, 1)
    text = page.text.split('<dl class="rh-diff">')[1].split("</dl>")[0]
    assert ("2,3" in text, "Medium" in text) == (True, True)
