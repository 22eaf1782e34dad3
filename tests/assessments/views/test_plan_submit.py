import pytest

from assessments.models import ResponsePlan
from assessments.services import save_plan, submit_plan
from tests.assessments.events import events_of
from tests.assessments.pages import told
from tests.assessments.services.test_plans import changed
from tests.builders import make_plan

pytestmark = pytest.mark.django_db

URL = "/plans/RP-001/submit/"


@pytest.fixture
def plan(high_risk, risk_manager):
    return make_plan(high_risk, by=risk_manager)


def version():
    return {"row_version": ResponsePlan.objects.get().row_version}


def state():
    return ResponsePlan.objects.get().state


def test_it_goes_to_those_who_decide(plan, head_cleaning, approver, sign_in):
    client = sign_in(head_cleaning)
    page = client.get(URL)
    assert (page.status_code, page.context["checklist"].open, state()) == (200, 0, "draft")
    page = client.post(URL, version())
    assert (page.status_code, page["Location"]) == (302, "/plans/RP-001/")
    assert (told(page), state()) == (["Submitted. 马文斌 decides."], "submitted")
    events = events_of(plan, action="plan.submitted")
    assert [(e["actor_name"], e["before"]["state"], e["after"]["state"]) for e in events] == [
        ("周立", "draft", "submitted")
    ]


def test_without_an_approver_it_says_so(plan, risk_manager, sign_in):
    client = sign_in(risk_manager)
    assert client.get(URL).context["checklist"].open == 1
    assert told(client.post(URL, version())) == [
        "Submitted, but nobody may decide on it yet: tell the administrator."
    ]


def test_a_low_plan_is_in_force_at_once(low_risk, risk_manager, sign_in):
    make_plan(low_risk, by=risk_manager)
    page = sign_in(risk_manager).post(URL, version())
    assert (told(page), state()) == (["RP-001 is in force: it needed no approval."], "approved")


def test_what_is_missing_keeps_it_a_draft(high_risk, risk_manager, sign_in):
    make_plan(high_risk, by=risk_manager, strategy="accept", actions=())
    page = sign_in(risk_manager).post(URL, version())
    assert (page.status_code, state()) == (422, "draft")
    assert "Something is still missing" in page.text
    assert "Probability or impact is above 2" in page.text


def test_a_changed_plan_is_shown_again_and_not_submitted(
    plan, risk_manager, head_cleaning, sign_in
):
    seen = version()
    save_plan(plan, by=head_cleaning, version=None, content=changed(plan, objective="别人改的"))
    page = sign_in(risk_manager).post(URL, seen)
    assert (page.status_code, state()) == (409, "draft")
    assert "别人改的" in page.text
    assert "Not submitted: the plan was changed while you had it open." in page.text
    assert page.context["form"]["row_version"].value() == version()["row_version"]


def test_pressed_twice(plan, risk_manager, sign_in):
    seen = version()
    submit_plan(plan, by=risk_manager)
    for method in ("get", "post"):
        page = getattr(sign_in(risk_manager), method)(URL, seen)
        assert (page.status_code, page["Location"]) == (302, "/plans/RP-001/")
        assert told(page) == ["Only a draft is submitted. This is how the plan stands now."]


def test_without_a_version_nothing_is_submitted(plan, risk_manager, sign_in):
    assert sign_in(risk_manager).post(URL).status_code in {200, 422}
    assert state() == "draft"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("staff_cleaning", 403),
        ("approver", 403),
        ("auditor", 403),
        ("head_repair", 404),
        ("outsider", 404),
    ],
)
def test_who_may_not(request, plan, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    assert client.post(URL, version()).status_code == status
    assert (client.put(URL).status_code, state()) == (405, "draft")
