"""A stand-in is named by whoever is away, or by the administrator for them."""

from datetime import timedelta

import pytest

from riskhub.accounts.models import ApprovalDelegation
from tests.registers.audit import Trail


@pytest.fixture
def url(approver):
    return f"/settings/people/{approver.pk}/stand-ins/new/"


@pytest.fixture
def fields(outsider, today):
    return {
        "to_user": outsider.pk, "begins_on": today.isoformat(), "reason": "休假",
        "last_on": (today + timedelta(days=6)).isoformat(),
    }  # fmt: skip


def test_what_has_to_be_given_is_marked(sign_in, approver, url):
    assert sign_in(approver).get(url).content.decode().count("rh-required") == 4


@pytest.mark.parametrize("who", ["approver", "admin"])
def test_named(sign_in, url, fields, approver, outsider, who, request):
    trail = Trail()
    client = sign_in(request.getfixturevalue(who))
    response = client.post(url, fields)
    assert (response.status_code, response["Location"]) == (302, "/settings/stand-ins/")
    made = ApprovalDelegation.objects.get()
    assert (made.from_user, made.to_user, made.standing) == (approver, outsider, "current")
    event = trail.only("accounts_approvaldelegation")
    assert (event.action, event.reason) == ("delegation.made", "休假")
    assert client.get(url).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("risk_manager", 403), ("auditor", 403),
                                             ("staff_repair", 404)])  # fmt: skip
def test_nobody_lends_what_belongs_to_another(sign_in, url, fields, who, status, request):
    assert sign_in(request.getfixturevalue(who)).post(url, fields).status_code == status
    assert not ApprovalDelegation.objects.exists()


def test_who_decides_nothing_has_nothing_to_lend(as_admin, sign_in, fields, head_cleaning):
    url = f"/settings/people/{head_cleaning.pk}/stand-ins/new/"
    assert as_admin.post(url, fields).status_code == 409
    assert sign_in(head_cleaning).post(url, fields).status_code == 403


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"to_user": ""}, "to_user"),
        ({"to_user": "987654"}, "to_user"),
        ({"to_user": "own"}, "to_user"),
        ({"to_user": "auditor"}, "to_user"),
        ({"begins_on": "2020-01-01"}, "begins_on"),
        ({"last_on": ""}, "last_on"),
        ({"last_on": "yesterday"}, "last_on"),
        ({"last_on": "in two years"}, "last_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_refusal_names_the_field_and_keeps_what_was_typed(
    sign_in, part, approver, auditor, url, fields, changed, field, today
):
    typed = {
        "own": approver.pk, "auditor": auditor.pk,
        "yesterday": (today - timedelta(days=1)).isoformat(),
        "in two years": (today + timedelta(days=730)).isoformat(),
    }  # fmt: skip
    fields |= {name: typed.get(value, value) for name, value in changed.items()}
    response = part(sign_in(approver), url, "delegation-form", fields)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert response.content.decode().lstrip().startswith("<form")
    assert not ApprovalDelegation.objects.exists()


def test_two_at_a_time_are_refused_with_the_one_that_holds(sign_in, approver, url, fields):
    client = sign_in(approver)
    client.post(url, fields)
    response = client.post(url, fields)
    assert response.status_code == 422
    assert "路人" in "".join(response.context["form"].non_field_errors())
