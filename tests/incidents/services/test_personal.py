"""The contact is sealed anew when the keys change, and forgotten when its time is over."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from incidents.models import Complaint, RecordFile
from incidents.services import personal
from incidents.services.personal import forget_complainants, reseal_contacts, reseal_files
from riskhub.audit.models import AuditEvent
from riskhub.company.services import set_preference
from riskhub.personal.columns import LOST
from riskhub.personal.sealing import is_newest
from riskhub.work.models import Work
from riskhub.work.services import sweep_work
from tests.incidents.complaining import CHEN, make_closed, make_complaint
from tests.incidents.recording import uploaded

pytestmark = pytest.mark.django_db

OLD, NEW = "o" * 50, "n" * 50


@pytest.fixture(autouse=True)
def keys(settings):
    settings.PERSONAL_KEYS = [OLD]
    return settings


@pytest.fixture
def two_at_once(monkeypatch):
    monkeypatch.setattr(personal, "BATCH", 2)


def tokens():
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact_phone FROM incidents_complaint WHERE contact_phone <> ''")
        return [row[0] for row in cursor.fetchall()]


def rotated():
    said = StringIO()
    call_command("rotate_personal_keys", stdout=said)
    return said.getvalue()


@pytest.mark.usefixtures("two_at_once")
def test_with_a_new_key_all_are_sealed_anew_and_found_again(keys):
    former = [make_complaint(f"第{n}件", contact=CHEN) for n in range(3)][-1]
    keys.PERSONAL_KEYS = [NEW, OLD]
    assert [is_newest(token) for token in tokens()] == [False] * 3
    assert rotated() == (
        "3 complaints are sealed with the newest key.\n"
        "0 names of injured persons are sealed with the newest key.\n"
        "0 files of imports are sealed with the newest key.\n"
        "0 addresses of groups are sealed with the newest key.\n"
    )
    keys.PERSONAL_KEYS = [NEW]
    assert [is_newest(token) for token in tokens()] == [True] * 3
    assert Complaint.objects.first().contact_phone == CHEN.phone
    assert make_complaint("又来", contact=CHEN).repeat_of == former


def test_what_no_key_opens_is_named_and_left_alone(keys):
    lost = make_complaint("旧的", contact=CHEN)
    before = tokens()
    keys.PERSONAL_KEYS = [NEW]
    make_complaint("新的", contact=CHEN)
    with pytest.raises(CommandError, match=lost.code):
        rotated()
    assert before[0] in tokens()
    assert reseal_contacts(by=None) == (1, [lost.code])


def test_files_of_imports_that_wait_are_read_with_the_new_key_too(keys, risk_manager):
    run = uploaded(by=risk_manager)
    keys.PERSONAL_KEYS = [NEW, OLD]
    assert "1 files of imports are sealed" in rotated()
    keys.PERSONAL_KEYS = [NEW]
    assert RecordFile.objects.get(run=run).secret != LOST
    keys.PERSONAL_KEYS = ["x" * 50]
    with pytest.raises(CommandError, match="The key of 1 is missing"):
        rotated()
    assert reseal_files(by=None) == (0, [str(run)])


def test_after_its_time_who_complained_is_forgotten_and_all_else_stays(service, risk, time_machine):
    closed = make_closed(service, risk)
    Complaint.objects.filter(pk=closed.pk).update(contact_phone="13800000000")
    open_one = make_complaint("未结", contact=CHEN)
    time_machine.move_to(timezone.now() + timedelta(days=731))
    sweep_work()
    stored = Complaint.objects.get(pk=closed.pk)
    assert (stored.contact_phone, stored.contact_hashes, stored.secret_hash) == ("", [], "")
    assert (stored.anonymised_at is not None, stored.state, stored.text) == (
        True, "closed", closed.text,
    )  # fmt: skip
    assert stored.first_contact_at == closed.first_contact_at
    assert Complaint.objects.get(pk=open_one.pk).contact_phone == CHEN.phone
    (event,) = AuditEvent.objects.filter(action="complaint.anonymised")
    assert event.object_id == str(closed.pk)


def test_a_day_before_nobody_is_forgotten_and_nothing_is_owed(service, risk, time_machine):
    make_closed(service, risk)
    time_machine.move_to(timezone.now() + timedelta(days=729))
    sweep_work()
    assert Work.objects.filter(kind="complaint.forget").count() == 0
    assert forget_complainants() == 0


@pytest.mark.usefixtures("two_at_once")
def test_how_long_is_a_setting_and_more_than_one_batch_is_done(
    service, risk, risk_manager, time_machine
):
    set_preference("contact_kept_days", 10, by=risk_manager)
    for _number in range(3):
        make_closed(service, risk)
    time_machine.move_to(timezone.now() + timedelta(days=11))
    assert forget_complainants() == 3
