"""How the pages of a complaint's steps are asked, and what each of them refuses."""

from uuid import uuid4

from incidents.models import Complaint
from riskhub.audit.models import AuditEvent


def url_of(complaint, step):
    return f"/incidents/complaints/{complaint.code}/{step}/"


def keyed(**fields):
    return {"client_uuid": str(uuid4()), **fields}


def last_action(row):
    return AuditEvent.objects.about(row).first().action


def stored(complaint):
    return Complaint.objects.get(pk=complaint.pk)


def assert_done(answer, complaint, action):
    assert (answer.status_code, answer.get("Location")) == (302, complaint.get_absolute_url())
    assert last_action(complaint) == action


def assert_refused(sign_in, complaint, step, body, *, readers, outside):
    """403 to who only reads it, 404 to who does not see it; and nothing is done."""
    before = stored(complaint).row_version
    for user in readers:
        assert sign_in(user).post(url_of(complaint, step), body).status_code == 403
    assert sign_in(outside).post(url_of(complaint, step), body).status_code == 404
    assert stored(complaint).row_version == before
