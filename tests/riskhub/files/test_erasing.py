"""Files whose time is over go, with their bytes; what somebody still needs stays."""

import os
from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone

from riskhub.audit.models import AuditEvent
from riskhub.company.services import set_preference
from riskhub.files.models import AttachmentErasure, StoredFile
from riskhub.files.services import erase_attachments, remove_attachment, store_file, tidy_files
from riskhub.files.store import is_stored, path_of, store_bytes
from riskhub.work.models import Work
from riskhub.work.services import sweep_work
from tests.builders import make_risk
from tests.photos import made_attachment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager)


@pytest.fixture
def withdrawn(risk, risk_manager, time_machine):
    """Out of view for longer than such files are kept."""
    made = made_attachment(risk, by=risk_manager)
    with_past(time_machine, 31, lambda: remove_attachment(made, by=risk_manager, reason="重复"))
    return made


def with_past(time_machine, days, do):
    now = timezone.now()
    time_machine.move_to(now - timedelta(days=days), tick=True)
    done = do()
    time_machine.move_to(now, tick=True)
    return done


def old(digest, days=3):
    """As if it had been written so long ago."""
    moment = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(path_of(digest), (moment, moment))


def digests(attachment):
    return [attachment.file.sha256, attachment.thumbnail.sha256]


def test_what_was_withdrawn_long_ago_goes_with_its_bytes(withdrawn):
    for digest in digests(withdrawn):
        old(digest)
    assert (erase_attachments(), erase_attachments()) == (1, 0)
    assert (tidy_files(), tidy_files()) == (2, 0)
    assert [is_stored(digest) for digest in digests(withdrawn)] == [False, False]
    event = AuditEvent.objects.get(action="attachment.erased")
    assert (event.actor_id, event.after["attachment_id"]) == (None, withdrawn.pk)
    noted = AuditEvent.objects.get(action="file.tidied")
    assert (noted.operation, noted.after) == ("note", {"count": 2})
    assert StoredFile.objects.count() == 2


def test_not_before_its_time(risk, risk_manager, time_machine):
    made = made_attachment(risk, by=risk_manager)
    with_past(time_machine, 29, lambda: remove_attachment(made, by=risk_manager, reason="重复"))
    made_attachment(risk, by=risk_manager, colour="red")
    assert erase_attachments() == 0
    set_preference("removed_files_kept_days", 20, by=risk_manager)
    assert erase_attachments() == 1


def test_the_same_bytes_of_another_thing_stay(withdrawn, register, risk_manager):
    other = made_attachment(make_risk(register, by=risk_manager), by=risk_manager)
    for digest in digests(withdrawn):
        old(digest)
    assert (erase_attachments(), tidy_files()) == (1, 0)
    assert other.file.sha256 == withdrawn.file.sha256
    assert len(other.file.read()) == other.file.size


def test_the_same_bytes_of_a_report_stay(withdrawn, risk_manager):
    content = withdrawn.file.read()
    file = store_file(content, by=None, kind="report", filename="a", mime="image/jpeg")
    for digest in digests(withdrawn):
        old(digest)
    assert (erase_attachments(), tidy_files(), file.read()) == (1, 1, content)


def test_bytes_of_no_row_go_once_no_form_can_hold_them(folder):
    held, lost = store_bytes(b"held"), store_bytes(b"lost")
    old(held, days=1)
    old(lost)
    (folder / "notes.txt").write_text("not ours")
    (folder / held[:2] / "notes.txt").write_text("not ours")
    assert tidy_files() == 1
    assert (is_stored(held), is_stored(lost)) == (True, False)
    assert sorted(path.name for path in folder.rglob("notes.txt")) == ["notes.txt", "notes.txt"]


def test_what_comes_in_again_is_as_new():
    digest = store_bytes(b"again")
    old(digest)
    assert store_bytes(b"again") == digest
    assert (tidy_files(), is_stored(digest)) == (0, True)


def test_many_in_batches(monkeypatch, risk, risk_manager, time_machine):
    monkeypatch.setattr("riskhub.files.services.erasing.BATCH", 2)
    made = [made_attachment(risk, by=risk_manager, colour=one) for one in ("red", "blue", "lime")]
    with_past(
        time_machine,
        40,
        lambda: [remove_attachment(one, by=risk_manager, reason="重复") for one in made],
    )
    for one in made:
        for digest in digests(one):
            old(digest)
    assert (erase_attachments(), tidy_files()) == (3, 6)


def test_the_sweep_owes_it_once_a_day(withdrawn, time_machine):
    sweep_work()
    sweep_work()
    owed = Work.objects.filter(kind="files.erase")
    assert [work.state for work in owed] == ["done"]
    assert AttachmentErasure.objects.get().attachment == withdrawn
    time_machine.move_to(timezone.now() + timedelta(days=1))
    sweep_work()
    assert owed.all().count() == 2


def test_where_nothing_is_kept_nothing_is_owed():
    sweep_work()
    assert not Work.objects.filter(kind="files.erase").exists()


@pytest.mark.parametrize(
    "sql",
    ["UPDATE files_attachmenterasure SET at = now()", "DELETE FROM files_attachmenterasure"],
)
def test_it_is_for_good(as_owner, sql):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        as_owner.execute(sql)
