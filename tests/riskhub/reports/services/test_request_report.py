"""One snapshot per period and revision; the other language and the next asking come from it."""

import json
import threading
from datetime import date
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction

from riskhub.audit.models import AuditEvent, AuditSeal
from riskhub.company.calendar import Quarter
from riskhub.reports.kinds import UnknownKind
from riskhub.reports.models import Report, ReportSnapshot
from riskhub.reports.services import RENDER, UnknownLanguage, request_report, requesting
from riskhub.work.models import Work
from tests.horizon import wait_for_horizon

pytestmark = pytest.mark.django_db(transaction=True)
Q3 = Quarter(2026, 3)


@pytest.fixture
def ask(builder, risk_manager):
    def make(language="zh-hans", quarter=Q3, **kwargs):
        return request_report("trial", quarter, by=risk_manager, language=language, **kwargs)

    return make


def test_the_first_asking_freezes_and_owes_the_rendering(ask, builder, risk_manager):
    report = ask()
    snapshot = ReportSnapshot.objects.get()
    assert report.snapshot == snapshot
    assert (report.locale, report.state, report.requested_by) == ("zh-hans", "queued", risk_manager)
    assert (snapshot.kind, snapshot.revision, snapshot.reason) == ("trial", 1, "")
    assert (snapshot.period_start, snapshot.period_end) == (date(2026, 7, 1), date(2026, 9, 30))
    assert (snapshot.scheme_number, snapshot.is_draft) == (1, False)
    assert snapshot.content == (
        '{"facts":{"risks":3},"meta":{"is_draft":false,"revision":1,"scheme":1}}'
    )
    assert snapshot.sha256 == sha256(snapshot.content.encode()).hexdigest()
    assert snapshot.data == json.loads(snapshot.content)
    assert [
        (work.kind, work.dedupe, work.payload) for work in Work.objects.filter(kind=RENDER)
    ] == [(RENDER, f"report.render:{report.pk}", {"report": report.pk})]
    asked, occasion = builder.calls[0]
    assert asked == "2026Q3"
    assert occasion == {
        "as_of": snapshot.as_of, "revision": 1, "revision_reason": "", "last": None,
    }  # fmt: skip


def test_asking_again_returns_the_stored_report(ask, builder):
    first = ask()
    builder.facts = {"risks": 4}
    assert ask() == first
    assert len(builder.calls) == 1
    assert Work.objects.filter(kind=RENDER).count() == 1


def test_the_other_language_comes_from_the_same_snapshot(ask, builder):
    chinese = ask("zh-hans")
    builder.facts = {"risks": 4}
    english = ask("en")
    assert english.snapshot == chinese.snapshot
    assert english != chinese
    assert len(builder.calls) == 1


def test_a_revision_freezes_anew_and_keeps_the_first(ask, builder):
    first = ask()
    builder.facts = {"risks": 4}
    second = ask(revision_reason="  漏导一份登记表 ")
    old, new = first.snapshot, second.snapshot
    assert (new.revision, new.reason, new.supersedes) == (2, "漏导一份登记表", old)
    assert new.data["facts"] == {"risks": 4}
    assert ReportSnapshot.objects.get(pk=old.pk).data["facts"] == {"risks": 3}
    assert ask() == second
    assert builder.calls[1][1]["revision_reason"] == "漏导一份登记表"


def test_a_reason_without_a_first_edition_makes_revision_one(ask):
    report = ask(revision_reason="too early")
    assert (report.snapshot.revision, report.snapshot.reason) == (1, "")


def test_the_quarter_before_is_handed_to_the_builder(ask, builder):
    ask(quarter=Quarter(2026, 2))
    builder.facts = {"risks": 9}
    ask(quarter=Quarter(2026, 2), revision_reason="correction")
    ask()
    assert builder.calls[-1][1]["last"]["facts"] == {"risks": 9}


def test_a_draft_is_marked(ask, builder):
    builder.is_draft = True
    assert ask().snapshot.is_draft is True


def test_unknown_language_and_kind_change_nothing(ask, risk_manager):
    with pytest.raises(UnknownLanguage):
        ask("fr")
    with pytest.raises(UnknownKind):
        request_report("other", Q3, by=risk_manager, language="en")
    assert not ReportSnapshot.objects.exists()


def test_what_is_no_json_is_refused(ask, builder):
    builder.facts = {"share": float("nan")}
    with pytest.raises(ValueError, match="JSON"):
        ask()
    assert not ReportSnapshot.objects.exists()


def test_everything_committed_before_is_sealed_first(ask, risk_manager):
    wait_for_horizon()
    ask()
    frozen_at = ReportSnapshot.objects.get().as_of
    sealed = set(AuditSeal.objects.values_list("event_id", flat=True))
    assert set(AuditEvent.objects.filter(at__lt=frozen_at).values_list("id", flat=True)) <= sealed
    assert sealed


def test_the_request_is_in_the_audit(ask, risk_manager):
    report = ask()
    events = AuditEvent.objects.filter(object_type="reports_report")
    assert [(e.action, e.actor_id, e.object_id) for e in events] == [
        ("report.requested", risk_manager.pk, str(report.pk))
    ]


def test_the_builder_sees_one_moment(ask, builder, as_owner, risk_manager):
    """What is committed by somebody else during the freeze is not in it."""
    seen = []

    def count():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM company_companysetting")
            return cursor.fetchone()[0]

    def build(self, quarter, /, **occasion):
        seen.append(count())
        as_owner.execute(
            "INSERT INTO company_companysetting (key, value, changed_at) VALUES ('x', '1', now())"
        )
        seen.append(count())
        return {"meta": {"scheme": 1, "is_draft": False}}

    type(builder).__call__, original = build, type(builder).__call__
    try:
        ask()
    finally:
        type(builder).__call__ = original
    assert seen[0] == seen[1]
    assert count() == seen[0] + 1


def test_what_never_goes_through_is_raised_after_three_attempts(ask, builder):
    builder.facts = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(requesting, "owe_work", fail)
        with pytest.raises(IntegrityError):
            ask()
    assert len(builder.calls) == 3
    assert not ReportSnapshot.objects.exists()


def fail(*_args, **_kwargs):
    raise IntegrityError


def test_inside_a_transaction_it_is_refused(ask):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        ask()


def test_two_askings_at_once_make_one_snapshot(builder, risk_manager):
    """Both freeze; the unique key lets one through, the other finds it."""
    barrier, reports, original = threading.Barrier(2), [], type(builder).__call__

    def build(self, quarter, /, **occasion):
        content = original(self, quarter, **occasion)
        if len(builder.calls) <= 2:
            barrier.wait(timeout=10)
        return content

    def run(language):
        try:
            reports.append(request_report("trial", Q3, by=risk_manager, language=language))
        finally:
            connection.close()

    type(builder).__call__ = build
    try:
        threads = [threading.Thread(target=run, args=(language,)) for language in ("zh-hans", "en")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        type(builder).__call__ = original
    assert ReportSnapshot.objects.count() == 1
    assert sorted(report.locale for report in reports) == ["en", "zh-hans"]
    assert Report.objects.count() == 2
