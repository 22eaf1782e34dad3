import pytest

from registers.services import edit_risk
from riskhub.audit.context import entered
from riskhub.audit.models import AuditEvent
from riskhub.audit.services import seal_events
from riskhub.oversight.services import note_on_event
from tests.builders import make_risk
from tests.cast import make_user
from tests.horizon import wait_for_horizon


def url_of(event):
    return f"/audit/{event.pk}/"


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager)


@pytest.fixture
def edited(risk, risk_manager):
    with entered(ip="203.0.113.9") as request:
        edit_risk(risk, by=risk_manager, version=None, cause="没有问材质")
    return AuditEvent.objects.get(request_id=request.id)


def test_before_and_after_who_when_and_where_to_read_more(sign_in, auditor, edited, risk):
    page = sign_in(auditor).get(url_of(edited))
    told = page.context["told"]
    assert (told.actor, [(c.before, c.after) for c in told.changes]) == (
        "陈静",
        [("", "没有问材质")],
    )
    for said in ("没有问材质", "203.0.113.0/24", f"/audit/requests/{edited.request_id}/",
                 f"?object_type=registers_risk&amp;row={risk.pk}", f"/audit/{edited.pk}/note/"):  # fmt: skip
        assert said in page.text
    assert page.context["seal"] is None


@pytest.mark.django_db(transaction=True)
def test_the_seal_with_what_it_covers(sign_in, auditor, edited):
    wait_for_horizon()
    seal_events()
    page = sign_in(auditor).get(url_of(edited))
    seal = page.context["seal"]
    assert (seal.event_id, seal.form) == (edited.pk, 2)
    assert seal.hash in page.text
    assert seal.prev_hash in page.text


def test_the_notes_beside_it_are_those_on_it_and_on_its_object(
    sign_in, auditor, edited, risk, register, risk_manager
):
    created = AuditEvent.objects.get(object_type="registers_risk", action="risk.created")
    elsewhere = make_risk(register, by=risk_manager)
    other = AuditEvent.objects.get(object_type="registers_risk", object_id=str(elsewhere.pk))
    for number, (event, text, is_general) in enumerate((
        (edited, "此处", False), (created, "别的事件", False), (created, "整个对象", True),
        (other, "别的风险", True),
    )):  # fmt: skip
        key = f"00000000-0000-0000-0000-00000000000{number}"
        note_on_event(event, by=auditor, text=text, key=key, is_general=is_general)
    page = sign_in(risk_manager).get(url_of(edited))
    notes = [(note.text, note.author, note.is_general) for note in page.context["notes"]]
    assert notes == [("此处", "孙悦", False), ("整个对象", "孙悦", True)]
    assert "/note/" not in page.text


def test_a_head_reads_what_concerns_the_own_department(sign_in, head_cleaning, head_repair, edited):
    assert sign_in(head_cleaning).get(url_of(edited)).status_code == 200
    theirs = sign_in(head_repair).get(url_of(edited))
    assert theirs.status_code == 404
    assert sign_in(head_repair).get("/audit/987654/").status_code == 404


def test_staff_read_what_they_did(sign_in, staff_cleaning, register, risk_manager, clean, edited):
    risk = make_risk(register, by=risk_manager, department=clean)
    edit_risk(risk, by=staff_cleaning, version=None, cause="我写的")
    mine = AuditEvent.objects.filter(actor_id=staff_cleaning.pk).latest("pk")
    client = sign_in(staff_cleaning)
    assert client.get(url_of(mine)).status_code == 200
    assert client.get(url_of(edited)).status_code == 404


def test_who_has_no_role_reads_nothing(sign_in, outsider, edited):
    assert sign_in(outsider).get(url_of(edited)).status_code == 403


def test_it_is_only_read(sign_in, auditor, edited):
    assert sign_in(auditor).post(url_of(edited)).status_code == 405


def test_secrets_and_personal_data_stay_masked(sign_in, auditor, admin):
    person = make_user("new", "新人", password="a new secret 4711")
    event = AuditEvent.objects.get(object_type="accounts_user", object_id=str(person.pk),
                                   operation="insert")  # fmt: skip
    assert event.after["password"] == "***"
    page = sign_in(auditor).get(url_of(event)).text
    assert "pbkdf2" not in page
    assert "***" not in page  # a hidden field
