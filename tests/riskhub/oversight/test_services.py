import pytest
from django.core import mail

from riskhub.audit.chain import head_hash
from riskhub.audit.models import AuditEvent, AuditSeal
from riskhub.oversight.services import derive_head_mails, mail_head, seal_all, sealing, verify_audit
from riskhub.oversight.tasks import seal_events
from riskhub.work.models import Work
from riskhub.work.services import drain_work
from tests.builders import make_risk
from tests.cast import make_user
from tests.horizon import wait_for_horizon


@pytest.fixture
def reader(db):
    return make_user("reader", "Ann", "auditor", email="ann@example.com", locale="en")


@pytest.mark.django_db(transaction=True)
def test_sealing_goes_on_until_nothing_is_left(register, risk_manager, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 7)
    events = AuditEvent.objects.count()
    assert events > 6
    wait_for_horizon()
    assert seal_all() == events
    assert seal_all() == 0
    assert AuditSeal.objects.count() == events


@pytest.mark.django_db(transaction=True)
def test_one_run_has_an_end(register, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 1)
    monkeypatch.setattr(sealing, "MOST_BATCHES", 2)
    wait_for_horizon()
    assert seal_events() == 2


@pytest.mark.django_db(transaction=True)
def test_verifying_is_an_event_of_its_own(register, risk_manager):
    make_risk(register, by=risk_manager)
    before = AuditEvent.objects.count()
    wait_for_horizon()
    found = verify_audit(by=risk_manager)
    assert (found.is_whole, found.events, found.head_hash) == (True, before, head_hash())
    noted = AuditEvent.objects.latest("id")
    told = noted.action, noted.actor_id, noted.operation, noted.object_type
    assert told == ("audit.verified", risk_manager.pk, "note", "audit_auditseal")
    wait_for_horizon()
    assert verify_audit(by=None).events == before + 1


def test_each_auditor_with_an_address_is_owed_the_head_once_a_day(reader, auditor, time_machine):
    time_machine.move_to("2030-09-24T02:00:00+00:00")
    derive_head_mails()
    derive_head_mails()
    owed = Work.objects.get(kind="audit.head_mail")
    assert owed.dedupe == f"audit.head_mail:2030-09-24:{reader.pk}"
    assert owed.payload == {"user": reader.pk, "day": "2030-09-24"}
    time_machine.move_to("2030-09-24T17:00:00+00:00")  # past midnight in Shanghai
    derive_head_mails()
    assert Work.objects.filter(dedupe=f"audit.head_mail:2030-09-25:{reader.pk}").count() == 1


def test_the_head_goes_out_in_the_readers_language_under_one_message_id(reader):
    derive_head_mails()
    assert drain_work() == 1
    mail_head(reader, "2030-09-24")
    sent, again = mail.outbox
    assert sent.to == ["ann@example.com"]
    assert head_hash() in sent.body
    assert "Head hash of the audit log" in sent.body
    assert again.subject == "RiskHub audit log, 2030-09-24"
    assert again.extra_headers["Message-ID"] == f"<audit-2030-09-24-{reader.pk}@riskhub>"


def test_work_that_sends_it_is_named(reader):
    derive_head_mails()
    assert Work.objects.get().name != "audit.head_mail"
    assert Work(kind="unheard.of").name == "unheard.of"
