from dataclasses import replace
from uuid import uuid4

import pytest
from django.utils import timezone

from assessments.models import ResourceLine, Spending
from assessments.plans.content import PlanContent, PlannedResource
from assessments.services import save_plan, submit_plan
from tests.assessments.events import events_of
from tests.assessments.pages import htmx, told
from tests.builders import make_plan

pytestmark = pytest.mark.django_db
MONEY = PlannedResource("m", "money", "夜班补员", "144000")


@pytest.fixture
def line(low_risk, risk_manager):
    """Of a plan that needed no approval."""
    make_plan(low_risk, by=risk_manager, submitted=True, resources=(MONEY,))
    return ResourceLine.objects.get()


def url(line):
    return f"/resources/{line.pk}/spend/"


def sent(amount="1200.50", **fields):
    day = timezone.localdate().isoformat()
    return {"amount": amount, "spent_on": day, "note": "", "client_uuid": uuid4()} | fields


def test_entered_it_stands_on_the_page_of_the_plan(line, risk_manager, sign_in):
    client = sign_in(risk_manager)
    assert client.get(url(line)).status_code == 200
    page = client.post(url(line), sent(note="第一周"))
    assert (page.status_code, page["Location"]) == (302, "/plans/RP-001/")
    assert told(page) == ["Entered: 夜班补员"]
    (budget,) = client.get("/plans/RP-001/").context["budgets"]
    assert str(budget.spent) == "1200.50"
    (event,) = events_of(Spending.objects.get(), action="plan.spent")
    assert (event["actor_name"], event["after"]["amount"]) == ("陈静", 1200.5)


def test_more_than_is_granted_is_entered_and_said(line, risk_manager, sign_in):
    client = sign_in(risk_manager)
    page = client.post(url(line), sent("144499.40"))
    assert told(page) == ["Entered: 夜班补员. In all that is CNY 499.40 more than is granted."]
    text = client.get("/plans/RP-001/").text
    assert ("CNY 499.40 more than is granted" in text, "CNY 144,499.40" in text) == (True, True)


def test_taking_back_more_than_was_used_is_refused(line, risk_manager, sign_in):
    client = sign_in(risk_manager)
    client.post(url(line), sent("1"))
    page = client.post(url(line), sent("-50"), **htmx("spending-form"))
    assert page.status_code == 422
    assert "Only CNY 1 was used so far" in page.text
    assert [str(one.amount) for one in Spending.objects.all()] == ["1.00"]


def test_the_unit_stands_beside_the_amount(line, risk_manager, sign_in):
    assert "In CNY. A negative amount takes back" in sign_in(risk_manager).get(url(line)).text


def test_sent_twice_it_is_entered_once(line, risk_manager, sign_in):
    client, form = sign_in(risk_manager), sent()
    assert [client.post(url(line), form).status_code for _ in range(2)] == [302, 302]
    assert Spending.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "name"),
    [({"amount": "0"}, "amount"), ({"amount": "x"}, "amount"), ({"spent_on": "2999-01-01"}, "spent_on")],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_it(line, risk_manager, sign_in, fields, name):
    page = sign_in(risk_manager).post(url(line), sent() | fields, **htmx("spending-form"))
    assert (page.status_code, page.text.strip()[:5]) == (422, "<form")
    assert set(page.context["form"].errors) == {name}
    assert not Spending.objects.exists()


def test_of_a_version_that_is_no_more_in_force(line, low_risk, risk_manager, sign_in):
    plan = line.version.plan
    content = replace(PlanContent.parse(plan.head.content), objective="Another")
    submit_plan(save_plan(plan, by=risk_manager, version=None, content=content), by=risk_manager)
    page = sign_in(risk_manager).post(url(line), sent())
    assert page.status_code == 409
    assert "not in force any more" in page.text
    assert not Spending.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("risk_manager", 200), ("head_cleaning", 200), ("staff_cleaning", 403), ("approver", 403),
        ("auditor", 403), ("staff_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(request, line, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(url(line)).status_code == status
    assert client.post(url(line), sent()).status_code == (302 if status == 200 else status)
    assert Spending.objects.exists() is (status == 200)
    assert client.put(url(line)).status_code == 405


def test_missing(risk_manager, sign_in):
    assert sign_in(risk_manager).get("/resources/999/spend/").status_code == 404


def test_management_grants_line_by_line_on_the_page(
    high_risk, risk_manager, approver, second_manager, sign_in
):
    """All is granted unless the approver types less."""
    plan = make_plan(high_risk, by=risk_manager, submitted=True, resources=(MONEY,))
    client = sign_in(approver)
    page = client.get("/plans/RP-001/decide/")
    assert page.context["form"]["granted-m"].value() == "144000"
    shown = {"decision": "approved", "content_hash": plan.head.content_hash, "comment": ""}
    over = client.post("/plans/RP-001/decide/", shown | {"granted-m": "150000"})
    assert set(over.context["form"].errors) == {"note-m"}
    done = client.post("/plans/RP-001/decide/", shown | {"granted-m": "100000"})
    assert done.status_code == 302
    line = ResourceLine.objects.get()
    assert (line.amount, line.granted) == (144000, 100000)
    text = sign_in(risk_manager).get("/plans/RP-001/").text
    assert "CNY 100,000" in text
