"""One report: how far it is, and what stands for it."""

from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from riskhub.company.calendar import Quarter
from riskhub.reports.services import render_report, rendering, request_report

pytestmark = pytest.mark.django_db(transaction=True)


def poll(client, report):
    headers = {"HX-Request": "true", "HX-Target": "report-progress"}
    return client.get(f"/reports/{report.pk}/", headers=headers)


def test_while_it_is_made_the_page_asks_again(report, auditor, sign_in):
    answer = poll(sign_in(auditor), report)

    assert answer.status_code == 200
    assert 'data-hx-trigger="every 1s"' in answer.content.decode()


def test_when_it_is_ready_the_page_stops_asking_and_offers_the_file(ready, auditor, sign_in):
    answer = poll(sign_in(auditor), ready)

    assert answer.status_code == 286
    assert f"/reports/{ready.pk}/download/" in answer.content.decode()


def test_a_failure_is_told_in_words(report, auditor, sign_in, monkeypatch):
    def fail(_job, _out):
        raise RuntimeError("The processor limit is used up.")

    monkeypatch.setattr(rendering, "render_pdf", fail)
    with pytest.raises(RuntimeError):
        render_report(report.pk)

    assert "处理器时间已用到上限。" in poll(sign_in(auditor), report).content.decode()


def test_both_hashes_stand_on_the_page(ready, auditor, sign_in):
    page = sign_in(auditor).get(f"/reports/{ready.pk}/").content.decode()

    assert ready.snapshot.sha256 in page
    assert ready.file.sha256 in page


def test_a_draft_of_a_quarter_that_is_over_says_how_to_freeze_anew(
    builder, risk_manager, auditor, sign_in, time_machine
):
    builder.is_draft = True
    quarter = Quarter.of(timezone.localdate())
    draft = request_report("trial", quarter, by=risk_manager, language="en")
    before = sign_in(auditor).get(f"/reports/{draft.pk}/").content.decode()
    time_machine.move_to(quarter.ends_at(ZoneInfo("Asia/Shanghai")))
    after = sign_in(auditor).get(f"/reports/{draft.pk}/").content.decode()

    assert ("rh-note-accent" in before, "rh-note-accent" in after) == (False, True)


def test_what_was_replaced_leads_to_the_newest_revision(report, risk_manager, auditor, sign_in):
    asked = {"by": risk_manager, "language": "en"}
    second = request_report("trial", Quarter(2026, 3), revision_reason="漏导一份", **asked)
    request_report("trial", Quarter(2026, 3), by=risk_manager, language="zh-hans")
    request_report("trial", Quarter(2026, 2), **asked)
    old, new = (sign_in(auditor).get(f"/reports/{pk}/") for pk in (report.pk, second.pk))
    assert (old.context["newer"], new.context["newer"]) == (second, None)
    link = f'漏导一份 <a href="/reports/{second.pk}/">'
    assert (link in old.text, "rh-note-accent" in new.text) == (True, False)


def test_whoever_asked_is_told_once(ready, risk_manager):
    render_report(ready.pk)

    assert list(risk_manager.notices.values_list("kind", "url")) == [
        ("report_ready", f"/reports/{ready.pk}/")
    ]


def test_a_department_gets_what_it_gets_for_a_missing_one(ready, head_cleaning, sign_in):
    client = sign_in(head_cleaning)

    assert client.get(f"/reports/{ready.pk}/").status_code == 403
    assert client.get("/reports/999999/").status_code == 403
