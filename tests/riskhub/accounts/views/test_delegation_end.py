"""Taken back by whoever lent it, or by the administrator; at the next request it holds no longer."""

from datetime import timedelta

import pytest

from riskhub.accounts.services import delegate_decisions
from tests.registers.audit import Trail


@pytest.fixture
def lent(approver, outsider, today):
    return delegate_decisions(
        approver, outsider, by=approver, begins_on=today, last_on=today + timedelta(days=6),
        reason="休假",
    )  # fmt: skip


@pytest.fixture
def url(lent):
    return f"/settings/stand-ins/{lent.pk}/end/"


@pytest.mark.parametrize("who", ["approver", "admin"])
def test_ended(sign_in, url, lent, outsider, who, request):
    theirs = sign_in(outsider)
    assert theirs.get("/approvals/").status_code == 200
    trail = Trail()
    client = sign_in(request.getfixturevalue(who))
    assert client.post(url)["Location"] == "/settings/stand-ins/"
    lent.refresh_from_db()
    assert lent.standing == "revoked"
    assert trail.only("accounts_approvaldelegation").action == "delegation.ended"
    assert theirs.get("/approvals/").status_code == 403
    assert client.post(url).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("outsider", 403), ("auditor", 403),
                                             ("risk_manager", 403), ("staff_repair", 404)])  # fmt: skip
def test_nobody_else_ends_it(sign_in, url, lent, who, status, request):
    assert sign_in(request.getfixturevalue(who)).post(url).status_code == status
    lent.refresh_from_db()
    assert lent.standing == "current"


def test_only_by_post(as_admin, url):
    assert as_admin.get(url).status_code == 405
