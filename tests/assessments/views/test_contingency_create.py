from uuid import uuid4

import pytest

from assessments.models import ContingencyPlan
from tests.contingency_forms import typed
from tests.registers.audit import Trail

URL = "/contingency/new/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def client(sign_in, risk_manager):
    return sign_in(risk_manager)


def test_a_draft_with_its_rows(client, ops):
    trail = Trail()
    response = client.post(URL, typed(ops, contacts="值班 138"))
    assert (response.status_code, response["Location"]) == (302, "/contingency/CP-101/")
    plan = ContingencyPlan.objects.get()
    draft = plan.draft
    assert (plan.name_zh, plan.drill_months, draft.drill_kind, draft.contacts) == (
        "停电预案", 6, "field", "值班 138",
    )  # fmt: skip
    assert [(one.minute, one.text_zh) for one in draft.steps.all()] == [
        (0, "拨打120"), (30, "派人到场"),
    ]  # fmt: skip
    assert {action for action, *_rest in trail.events()} == {
        "sequence.taken", "contingency.created",
    }  # fmt: skip


def test_who_cannot_lead_is_refused_at_the_field(client, ops, risk_manager, auditor):
    twice = {"responsible": risk_manager.pk, "deputy": risk_manager.pk}
    for sent, field, words in (
        (twice, "deputy", "somebody else"), ({"responsible": auditor.pk}, "responsible", "auditor"),
        ({"deputy": auditor.pk}, "deputy", "auditor"),
    ):  # fmt: skip
        response = client.post(URL, typed(ops, **sent))
        errors = response.context["form"].errors
        assert (response.status_code, list(errors)) == (422, [field])
        assert words in str(errors)
    assert not ContingencyPlan.objects.exists()


def test_a_draft_may_be_incomplete(client, ops):
    sent = typed(ops, triggers=("",), steps=(("", ""),), responsible_department="")
    assert client.post(URL, sent).status_code == 302


def test_sent_twice_is_one(client, ops):
    sent = typed(ops, client_uuid=str(uuid4()))
    assert [client.post(URL, sent).status_code for _click in range(2)] == [302, 302]
    assert ContingencyPlan.objects.count() == 1
    response = client.post(URL, sent | {"name_zh": "别的"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["__all__"])


@pytest.mark.parametrize(
    ("steps", "label"), [((("x", "做"),), "Minute"), (((5, ""),), "What to do"), ((("", "做"),), "Minute")]
)  # fmt: skip
def test_a_wrong_row_is_named(client, ops, steps, label):
    response = client.post(URL, typed(ops, steps=steps))
    assert response.status_code == 422
    assert [label in one.label for one in response.context["wrong"]] == [True]
    assert not ContingencyPlan.objects.exists()


def test_a_refused_form_keeps_all_of_it(client, ops):
    headers = {"HX-Request": "true", "HX-Target": "contingency-form"}
    response = client.post(URL, typed(ops, name_zh=""), headers=headers)
    body = response.content.decode()
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["name_zh"])
    assert body.strip().startswith("<form")
    assert "派人到场" in body


@pytest.mark.parametrize(
    ("button", "rows"),
    [
        ({"add_row": "step"}, ["拨打120", "派人到场", ""]), ({"drop_row": "step-0"}, ["派人到场"]),
        ({"drop_row": "trigger-0"}, ["拨打120", "派人到场"]),
        ({"drop_row": "step-9"}, ["拨打120", "派人到场"]),
    ],
)  # fmt: skip
def test_a_row_more_or_less_without_judging(client, ops, button, rows):
    response = client.post(URL, typed(ops, name_zh="") | button)
    assert response.status_code == 200
    found = [row["text_zh"].value() or "" for row in response.context["steps"]]
    assert found == rows
    assert not response.context["is_judged"]


def test_only_for_departments_that_one_keeps(sign_in, head_cleaning, ops, tech):
    client = sign_in(head_cleaning)
    response = client.post(URL, typed(tech))
    assert list(response.context["form"].errors) == ["owner_department"]
    assert client.post(URL, typed(ops)).status_code == 302


@pytest.mark.parametrize("who", ["staff_cleaning", "approver", "auditor", "admin", "outsider"])
def test_nobody_else(sign_in, request, who, ops):
    client = sign_in(request.getfixturevalue(who))
    assert {client.get(URL).status_code, client.post(URL, typed(ops)).status_code} == {403}


def test_wrong_method(client):
    assert client.delete(URL).status_code == 405
