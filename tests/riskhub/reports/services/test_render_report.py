"""From snapshot to stored file: once, whole, the same bytes, and every failure kept."""

import pypdfium2
import pytest

from riskhub.audit.context import acting
from riskhub.audit.models import AuditEvent
from riskhub.audit.transitions import WrongState, move
from riskhub.company.calendar import Quarter
from riskhub.reports.choices import ReportState
from riskhub.reports.models import Report
from riskhub.reports.render.process import RenderError
from riskhub.reports.services import (
    RENDER,
    render_report,
    rendering,
    request_report,
    verify_report,
    verifying,
)
from riskhub.work.models import Work
from riskhub.work.services import drain_work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def report(builder, risk_manager):
    return request_report("trial", Quarter(2026, 3), by=risk_manager, language="en")


@pytest.fixture
def broken(monkeypatch):
    def fail(_job, _out):
        raise RenderError("The processor limit is used up.")

    monkeypatch.setattr(rendering, "render_pdf", fail)


def test_the_owed_work_makes_the_file(report, risk_manager, files):
    assert drain_work() >= 1
    report.refresh_from_db()
    assert (report.state, report.pages, report.error) == ("ready", 1, "")
    content = report.file.read()
    assert content.startswith(b"%PDF-")
    assert (files / report.file.sha256[:2] / report.file.sha256).read_bytes() == content
    assert report.file.filename == report.filename == "trial-2026Q3-r1.en.pdf"
    pdf = pypdfium2.PdfDocument(content)
    text = pdf[0].get_textpage().get_text_bounded()
    assert "en {'risks': 3}" in text
    names = {pdf.get_attachment(n).get_name(): n for n in range(pdf.count_attachments())}
    assert set(names) == {"a.txt", "snapshot.json"}
    inside = bytes(pdf.get_attachment(names["snapshot.json"]).get_data())
    assert inside == report.snapshot.content.encode()
    assert not Work.objects.filter(kind=RENDER, state="due").exists()
    actions = AuditEvent.objects.filter(object_type="reports_report").order_by("id")
    assert [event.action for event in actions] == [
        "report.requested", "report.running", "report.ready",
    ]  # fmt: skip
    asked, running, ready = actions
    assert (asked.actor_id, asked.operation) == (risk_manager.pk, "insert")
    assert [event.actor_name for event in (running, ready)] == ["system", "system"]
    assert (running.before, running.after) == ({"state": "queued"}, {"state": "running"})
    assert (ready.before["state"], ready.after["state"]) == ("running", "ready")
    assert ready.after["file_id"] == report.file_id


def test_a_ready_report_is_left_alone(report):
    first = render_report(report.pk)
    file, events = first.file, AuditEvent.objects.count()
    assert render_report(report.pk).file == file
    assert AuditEvent.objects.count() == events


def test_the_same_snapshot_gives_the_same_bytes(report):
    ready = render_report(report.pk)
    assert verify_report(ready, is_thorough=True).faults == []


def test_a_failure_is_kept_and_tried_again(report, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(rendering, "render_pdf", fail)
        with pytest.raises(RenderError):
            render_report(report.pk)
    report.refresh_from_db()
    assert (report.state, report.error) == ("failed", "The processor limit is used up.")
    assert render_report(report.pk).state == "ready"
    report.refresh_from_db()
    assert report.error == ""


def fail(_job, _out):
    raise RenderError("The processor limit is used up.")


def test_a_failed_work_row_waits_for_its_next_try(report, broken):
    drain_work()
    work = Work.objects.get(kind=RENDER)
    assert (work.state, work.error) == ("due", "The processor limit is used up.")


def test_a_worker_killed_in_the_middle_is_followed_by_another(report):
    with acting(None, "report.running"):
        move(report, ReportState.RUNNING)
    assert render_report(report.pk).state == "ready"


def test_two_workers_at_once_leave_one_whole_file(report, monkeypatch):
    """While one renders, the other one finishes: what comes second changes nothing."""
    original = rendering.render_pdf

    def overtaken(job, out):
        with monkeypatch.context() as patch:
            patch.setattr(rendering, "render_pdf", original)
            render_report(report.pk)
        return original(job, out)

    monkeypatch.setattr(rendering, "render_pdf", overtaken)
    ready = render_report(report.pk)
    assert ready.state == "ready"
    assert Report.objects.get().file_id == ready.file_id


def test_damage_is_found(report, files):
    ready = render_report(report.pk)
    assert verify_report(ready).is_whole
    path = files / ready.file.sha256[:2] / ready.file.sha256
    path.write_bytes(path.read_bytes()[:-1])
    assert verify_report(ready).faults == [
        f"the file is damaged: {ready.file.sha256} was changed where it is stored"
    ]
    path.unlink()
    assert verify_report(ready).faults == [f"the file is damaged: {ready.file.sha256} is missing"]


def test_a_report_without_a_file_is_not_whole(report):
    assert verify_report(report).faults == ["the report has no file"]


def test_a_success_beside_another_ones_failure_is_tried_again(report, monkeypatch):
    """The row says failed, so nobody may call it ready; the work row comes back."""
    original = rendering.render_pdf

    def overtaken(job, out):
        with acting(None, "report.failed"):
            move(Report.objects.get(), ReportState.FAILED, error="other")
        return original(job, out)

    with monkeypatch.context() as patch:
        patch.setattr(rendering, "render_pdf", overtaken)
        with pytest.raises(WrongState):
            render_report(report.pk)
    assert render_report(report.pk).state == "ready"


def test_other_bytes_and_another_snapshot_are_found(report, monkeypatch):
    ready = render_report(report.pk)
    monkeypatch.setattr(verifying, "render_snapshot", lambda *_args: (b"other", None))
    ready.snapshot.content += " "
    assert verify_report(ready, is_thorough=True).faults == [
        "the snapshot does not match its sha256",
        "rendering the snapshot again gives other bytes",
    ]
