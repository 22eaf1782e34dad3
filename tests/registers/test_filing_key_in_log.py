"""The key of a filing without a name opens its receipt: no page of the log and no file holds it."""

from uuid import uuid4

import pytest

from registers.services import file_proposal
from riskhub.audit.models import AuditEvent

TABLE = "registers_riskproposal"


@pytest.fixture
def filing(ops, staff_cleaning):
    return file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="差点滑倒", department=ops,
        kinds=["near_miss"], is_anonymous=True,
    )[0]  # fmt: skip


@pytest.fixture
def of_a_former_edition(filing, as_owner):
    """The same event as it was kept before, with the key."""
    event = AuditEvent.objects.get(object_type=TABLE, operation="insert")
    as_owner.execute("SET session_replication_role = replica")
    as_owner.execute(
        "UPDATE audit_auditevent SET after = jsonb_set(after, '{client_uuid}', to_jsonb(%s::text)) "
        "WHERE id = %s",
        [str(filing.client_uuid), event.pk],
    )
    event.refresh_from_db()
    assert event.after["client_uuid"] == str(filing.client_uuid)
    return event


def everything(client, event):
    pages = [client.get(url).content for url in ("/audit/", f"/audit/{event.pk}/")]
    if event.request_id:
        pages.append(client.get(f"/audit/requests/{event.request_id}/").content)
    file = client.get("/audit/export/", {"object_type": TABLE}).getvalue()
    return b"".join([*pages, file]).decode()


def test_a_new_event_does_not_keep_it(filing):
    key = str(filing.client_uuid)
    (event,) = AuditEvent.objects.filter(object_type=TABLE)
    assert event.after["client_uuid"] == "***"
    assert not AuditEvent.objects.filter(after__icontains=key).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["risk_manager", "auditor", "admin", "head_cleaning"])
def test_nobody_reads_it_in_an_event_that_kept_it(
    sign_in, request, name, of_a_former_edition, filing
):
    client = sign_in(request.getfixturevalue(name))
    read = everything(client, of_a_former_edition)
    assert "差点滑倒" in read
    assert str(filing.client_uuid) not in read
