"""R-82: an auditor adds notes, and nothing but notes."""

from uuid import UUID

import pytest

from riskhub.audit.models import AuditEvent
from tests.access.database import fingerprint
from tests.builders import make_risk
from tests.cast import make_user

KEY = "7f9d8c8e-8f9d-4f0e-9b1a-1c6d2a3b4c5d"
SENT = {"text": " 为什么没有双人复核？\r\n待查 ", "about": "event", "key": KEY}


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager)


@pytest.fixture
def event(risk):
    return AuditEvent.objects.get(object_type="registers_risk", object_id=str(risk.pk))


@pytest.fixture
def url(event):
    return f"/audit/{event.pk}/note/"


def notes():
    return AuditEvent.objects.filter(action="audit.noted").order_by("pk")


def test_a_note_is_an_event_and_changes_nothing_else(sign_in, auditor, event, url):
    client, before = sign_in(auditor), fingerprint()
    response = client.post(url, SENT)
    assert response.headers["Location"] == f"/audit/{event.pk}/"
    assert fingerprint() == before  # which leaves notes out
    (note,) = notes()
    told = (note.actor_id, note.operation, note.object_type, note.object_id, note.object_label)
    assert told == (auditor.pk, "note", "registers_risk", event.object_id, "R001")
    text = "为什么没有双人复核？\n待查"
    assert (note.before, note.after) == (None, {"text": text, "key": KEY, "event": event.pk})
    assert "待查" in client.get(f"/audit/{event.pk}/").text
    assert client.get("/audit/", {"action": "audit.noted"}).text.count("待查") == 1


def test_a_note_on_the_whole_object(sign_in, auditor, event, url):
    sign_in(auditor).post(url, SENT | {"about": "object"})
    assert "event" not in notes().get().after


def test_the_history_of_the_risk_shows_it(sign_in, auditor, risk_manager, risk, url):
    sign_in(auditor).post(url, SENT)
    assert "双人复核" in sign_in(risk_manager).get(f"/risks/{risk.code}/history/").text


def test_sent_twice_it_is_one(sign_in, auditor, url):
    client = sign_in(auditor)
    assert [client.post(url, SENT).status_code for _n in range(2)] == [302, 302]
    assert notes().count() == 1
    client.post(url, SENT | {"key": str(UUID(int=1))})
    client.post(url, {name: value for name, value in SENT.items() if name != "key"})
    assert notes().count() == 3


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "字" * 2001])
def test_what_is_no_note_comes_back_with_what_was_typed(sign_in, auditor, url, text):
    headers = {"HX-Request": "true", "HX-Target": "note-form"}
    response = sign_in(auditor).post(url, SENT | {"text": text}, headers=headers)
    assert response.status_code == 422
    assert response.text.strip().startswith(
        '<form class="rh-card rh-form-card rh-stack" id="note-form"'
    )
    assert KEY in response.text
    assert not notes().exists()


@pytest.mark.parametrize("name", ["risk_manager", "admin", "head_cleaning", "staff_cleaning"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_auditors_write_notes(sign_in, request, url, name, method):
    client = sign_in(request.getfixturevalue(name))
    assert getattr(client, method)(url, SENT).status_code == 403
    assert not notes().exists()


def test_an_auditor_of_a_department_notes_what_belongs_to_it(
    sign_in, tech, ops, register, risk_manager, repair, event, url
):
    reader = make_user("auditor.tech", "孙悦", "auditor", tech)
    client = sign_in(reader)
    assert client.post(url, SENT).status_code == 404
    theirs = make_risk(register, by=risk_manager, department=repair)
    own = AuditEvent.objects.get(object_type="registers_risk", object_id=str(theirs.pk))
    assert client.post(f"/audit/{own.pk}/note/", SENT).status_code == 302


def test_what_one_sees_by_another_role_one_does_not_audit(sign_in, tech, ops, event, url):
    reader = make_user("auditor.tech", "孙悦", "auditor", tech)
    from riskhub.accounts.services import assign_role  # noqa: PLC0415

    assign_role(reader, by=None, role="department_head", department=ops)
    client = sign_in(reader)
    assert client.get(f"/audit/{event.pk}/").status_code == 200
    assert client.post(url, SENT).status_code == 403
    assert not notes().exists()


def test_what_does_not_exist_has_no_notes(sign_in, auditor):
    assert sign_in(auditor).post("/audit/987654/note/", SENT).status_code == 404
    assert not notes().exists()


def test_other_methods_are_refused(sign_in, auditor, url):
    assert sign_in(auditor).put(url).status_code == 405
