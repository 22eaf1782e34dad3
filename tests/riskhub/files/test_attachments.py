"""A file belongs to a thing, once; it is taken out of view, never away."""

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from registers.models import Risk
from riskhub.audit.models import AuditEvent
from riskhub.files.keeping import kept_file
from riskhub.files.models import Attachment, StoredFile
from riskhub.files.owners import Owner, owner_of, register_owner
from riskhub.files.reading import attachments_of, with_attachments
from riskhub.files.services import attach_files, remove_attachment
from riskhub.files.store import path_of
from riskhub.oversight.scope import events_visible_to
from tests.builders import make_risk
from tests.photos import kept_photo, made_attachment


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager)


def test_a_photo_is_two_files_and_a_row(risk, risk_manager):
    kept = kept_photo()
    (attachment,) = attach_files(risk, [kept], by=risk_manager)
    assert (attachment.owner, attachment.kind) == (f"registers.risk-{risk.pk}", "photo")
    assert (attachment.width, attachment.height) == (64, 48)
    assert (attachment.file.uploaded_by, attachment.file.mime) == (risk_manager, "image/jpeg")
    assert (attachment.file.sha256, attachment.file.size) == (kept.sha256, kept.size)
    assert len(attachment.file.read()) == kept.size
    assert len(attachment.thumbnail.read()) == attachment.thumbnail.size
    assert path_of(kept.sha256).name == kept.sha256
    event = AuditEvent.objects.about(attachment).get()
    assert (event.action, event.actor_id, event.after["file_id"]) == (
        "attachment.added", risk_manager.pk, attachment.file_id,
    )  # fmt: skip


def test_the_same_file_again_is_not_attached_again(risk, risk_manager):
    first = attach_files(risk, [kept_photo(), kept_photo()], by=risk_manager)
    again = attach_files(risk, [kept_photo(), kept_photo("red")], by=risk_manager)
    assert (len(first), len(again), len(attachments_of(risk))) == (1, 1, 2)


def test_no_more_than_belong_there(risk, risk_manager):
    usual = owner_of(risk)
    register_owner(
        Owner(Risk, usual.visible, usual.may_change, usual.page, usual.department, most=1)
    )
    try:
        made_attachment(risk, by=risk_manager)
        with pytest.raises(ValidationError, match="1"):
            made_attachment(risk, by=risk_manager, colour="red")
    finally:
        register_owner(usual)
    assert StoredFile.objects.count() == 2


def test_out_of_view_for_everybody_with_a_reason_that_stays(risk, risk_manager, auditor):
    attachment = made_attachment(risk, by=risk_manager)
    with pytest.raises(ValidationError):
        remove_attachment(attachment, by=risk_manager, reason="  ")
    removed = remove_attachment(attachment, by=risk_manager, reason="拍到了客户")
    for reader in (risk_manager, auditor):
        assert not Attachment.objects.visible_to(reader).exists()
    assert (attachments_of(risk), removed.removed_by) == ([], risk_manager)
    assert removed.file.read()
    event = AuditEvent.objects.about(attachment).latest("pk")
    assert (event.action, event.reason) == ("attachment.removed", "拍到了客户")
    assert remove_attachment(attachment, by=auditor, reason="x").removed_by == risk_manager
    assert made_attachment(risk, by=risk_manager).pk != attachment.pk


def test_the_files_of_many_rows_in_one_query(
    register, risk_manager, risk, django_assert_num_queries
):
    other = make_risk(register, by=risk_manager, title="另一个")
    for each in (risk, other):
        made_attachment(each, by=risk_manager)
    with django_assert_num_queries(1):
        rows = with_attachments([risk, other])
        assert [len(attachments_of(row)) for row in rows] == [1, 1]
    with django_assert_num_queries(0):
        assert with_attachments([]) == []


def test_whoever_sees_the_thing_sees_its_files(
    risk, risk_manager, auditor, head_cleaning, head_repair, staff_repair, outsider
):
    made_attachment(risk, by=risk_manager)
    seen = {
        user.username: Attachment.objects.visible_to(user).count()
        for user in (risk_manager, auditor, head_cleaning, head_repair, staff_repair, outsider)
    }
    assert seen == {"risk.manager": 1, "auditor": 1, "head.cleaning": 1, "head.repair": 0,
                    "staff.repair": 0, "outsider": 0}  # fmt: skip


@pytest.mark.parametrize("few", [1000, 0], ids=["few things", "many things"])
def test_a_department_head_reads_the_events_of_its_files(
    risk, risk_manager, head_cleaning, head_repair, few, monkeypatch
):
    monkeypatch.setattr("riskhub.oversight.scope.FEW", few)
    made_attachment(risk, by=risk_manager)
    counts = [
        events_visible_to(user).filter(action="attachment.added", object_type="files_attachment")
        for user in (head_cleaning, head_repair)
    ]
    assert [events.count() for events in counts] == [1, 0]


class TestDatabase:
    @pytest.fixture
    def attachment(self, risk, risk_manager):
        return made_attachment(risk, by=risk_manager)

    @pytest.mark.parametrize(
        "change",
        [
            {"owner_id": 1}, {"owner_type": "x"}, {"kind": "document"}, {"width": 1},
            {"received_sha256": "0" * 64}, {"uuid": "7f9d8c8e-8f9d-4f0e-9b1a-1c6d2a3b4c5d"},
        ],
    )  # fmt: skip
    def test_it_does_not_become_another(self, attachment, change):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attachment.objects.filter(pk=attachment.pk).update(**change)

    def test_what_is_out_of_view_stays_so(self, attachment, risk_manager):
        remove_attachment(attachment, by=risk_manager, reason="重复")
        with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
            Attachment.objects.update(removed_at=None, removed_by=None)

    def test_it_is_not_deleted(self, attachment):
        with pytest.raises(DatabaseError), transaction.atomic():
            attachment.delete()

    @pytest.mark.parametrize(
        "statement", ["DELETE FROM files_attachment", "TRUNCATE files_attachment CASCADE"]
    )
    def test_the_owner_of_the_database_does_not_delete_it(self, as_owner, statement):
        with pytest.raises(psycopg.Error, match="append-only"):
            as_owner.execute(statement)

    def test_nobody_takes_it_away_without_a_name(self, attachment):
        with pytest.raises(IntegrityError, match="removed_by_somebody"), transaction.atomic():
            Attachment.objects.update(removed_at=attachment.file.uploaded_at)

    def test_a_photo_has_pixels(self, attachment):
        with pytest.raises(IntegrityError, match="photo_has_pixels"), transaction.atomic():
            Attachment.objects.create(
                owner_type="x", owner_id=1, kind="photo", file=attachment.file, received_sha256="a"
            )


class TestWord:
    """What a refused form gives back for a file that it had brought."""

    def test_it_stands_for_the_file(self):
        kept = kept_photo()
        assert kept_file(kept.token) == kept
        assert kept.thumbnail_url.startswith("data:image/jpeg;base64,")

    @pytest.mark.parametrize("word", ["", "x", "eyJhIjoxfQ:1tXyZ1:abc"])
    def test_another_word_stands_for_nothing(self, word):
        assert kept_file(word) is None

    def test_a_day_later_it_is_over(self, monkeypatch):
        token = kept_photo().token
        monkeypatch.setattr("django.core.signing.time.time", lambda: 4e9)
        assert kept_file(token) is None

    def test_where_the_bytes_are_gone_it_stands_for_nothing(self, tmp_path, settings):
        kept = kept_photo()
        settings.MEDIA_ROOT = tmp_path
        assert (kept_file(kept.token), kept.thumbnail_url) == (None, "")
