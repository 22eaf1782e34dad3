"""The storage of files does not answer: that is said, nothing typed is lost, and work is tried again."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from riskhub.files import bucket
from riskhub.files.forms import AttachmentForm
from riskhub.files.keeping import kept_file
from riskhub.files.models import Attachment
from riskhub.files.store import is_stored, open_stored, place, store_bytes
from riskhub.files.unreachable import StoreUnreachable
from riskhub.web import errors
from riskhub.work.choices import WorkReason, WorkState
from riskhub.work.models import Work
from riskhub.work.reasons import reason_of
from riskhub.work.registry import register_kind
from riskhub.work.services import drain_work, owe_work
from tests.builders import make_risk
from tests.photos import kept_photo, made_attachment, picture
from tests.riskhub.files.buckets import use_bucket

DIGEST = "ab" * 32


@pytest.fixture
def away(settings, monkeypatch):
    """`away()`: from now on nobody listens where the storage was."""
    monkeypatch.setattr(bucket, "ATTEMPTS", 1)
    return lambda: use_bucket(settings, "http://127.0.0.1:9")


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager)


def test_it_is_one_kind_of_fault_which_the_worker_names(away):
    away()
    for ask in (lambda: store_bytes(b"a"), lambda: open_stored(DIGEST), lambda: is_stored(DIGEST)):
        with pytest.raises(StoreUnreachable) as caught:
            ask()
        assert reason_of(caught.value) == WorkReason.NETWORK
    assert place().fault() == (
        "The storage of files does not answer, or refuses: look at the settings S3_*."
    )


def test_a_page_that_needs_a_file_says_so(away, risk, sign_in, risk_manager):
    attachment = made_attachment(risk, by=risk_manager)
    away()
    client = sign_in(risk_manager)
    for url in (attachment.get_absolute_url(), attachment.thumbnail_url):
        answer = client.get(url)
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert str(errors.FILES_AWAY.title) in answer.content.decode()


def test_a_part_of_a_page_gets_a_note(away, risk, sign_in, risk_manager):
    attachment = made_attachment(risk, by=risk_manager)
    away()
    answer = sign_in(risk_manager).get(
        attachment.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "page"}
    )
    assert (answer.status_code, answer["HX-Retarget"]) == (503, "#notes")


def test_the_api_says_it_in_its_own_shape(away, monkeypatch, sign_in, risk_manager):
    def refuse(*_asked):
        raise StoreUnreachable

    monkeypatch.setattr("registers.api.risks.RiskFilter", refuse)
    answer = sign_in(risk_manager).get("/api/v1/risks/")
    assert (answer.status_code, answer.json()["code"]) == (503, "files_away")


def test_a_photo_that_cannot_be_stored_is_a_fault_of_the_form(away, risk, sign_in, risk_manager):
    away()
    sent = {"uploads": SimpleUploadedFile("a.jpg", picture(), "image/jpeg")}
    answer = sign_in(risk_manager).post(f"/files/of/registers.risk-{risk.pk}/", sent)
    assert "a.jpg" in re.search(r"“a\.jpg”[^<]*", answer.content.decode())[0]
    assert (answer.status_code, Attachment.objects.count()) == (422, 0)


def test_what_a_form_had_kept_before_stays_its_own(away, db):
    kept = kept_photo()
    away()
    assert kept_file(kept.token) == kept
    assert kept.thumbnail_url == ""
    form = AttachmentForm({"uploads_kept": [kept.token]}, {})
    assert form.is_valid()
    assert form.cleaned_data["uploads"] == [kept]


@pytest.mark.django_db
def test_work_that_needs_a_file_is_tried_again(away):
    register_kind("test.reads", lambda _payload: open_stored(DIGEST))
    owe_work("test.reads", "test.reads:1")
    away()
    assert drain_work() == 0
    work = Work.objects.get(dedupe="test.reads:1")
    assert (work.state, work.reason, work.attempts) == (WorkState.DUE, WorkReason.NETWORK, 1)
