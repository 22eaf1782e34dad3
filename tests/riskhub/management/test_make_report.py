"""`manage.py make_report`: the stored one again, another language, a revision, refusals, a race."""

import re
import threading
from io import StringIO

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone, translation

from riskhub.audit.models import AuditEvent
from riskhub.company.calendar import Quarter
from riskhub.company.preferences import company_zone
from riskhub.reports import kinds
from riskhub.reports.kinds import ReportKind, register_report_kind
from riskhub.reports.models import Report, ReportSnapshot
from riskhub.reports.render import process
from riskhub.work.models import Work
from riskhub.work.services import drain_work
from tests.builders import make_risk

pytestmark = pytest.mark.django_db(transaction=True)
PAST = str(Quarter.of(timezone.localdate()).previous)
REFUSED = [
    (["2026Q5"], "“2026Q5” is not a quarter. Write it as 2026Q3."),
    (["last"], "“last” is not a quarter. Write it as 2026Q3."),
    (["2026Q3", "--lang", "fr"], "argument --lang: invalid choice: 'fr'"),
    (["2026Q3", "--revision", " "], "say why the data are frozen anew"),
    (["2019Q4"], "Choose a quarter from "),
    (["2199Q4"], "Choose a quarter from "),
    ([PAST, "--by", "nobody"], "There is no active user nobody."),
]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    with translation.override("en"):
        yield


@pytest.fixture
def short(monkeypatch):
    """One line instead of the quarterly report; `short.frozen` counts how often data were read."""

    def build(quarter, /, **occasion):
        short.frozen += 1
        return {"meta": {"scheme": 1, "is_draft": False}, "at": str(occasion["as_of"])}

    def write(content, locale, _digest):
        return f'<html lang="{locale[:2]}"><title>试</title><p>{locale} {content["at"]}</p>'

    short.frozen = 0
    monkeypatch.setattr(kinds, "_kinds", {})
    register_report_kind(
        ReportKind("quarterly", timezone.now, build, write, lambda _content, _locale: [])
    )
    return short


def make(*arguments):
    out = StringIO()
    call_command("make_report", *arguments, stdout=out)
    return out.getvalue()


def digest_in(line):
    return re.search(r"sha256 ([0-9a-f]{64})", line)[1]


def test_asked_again_it_gives_the_stored_file(short, tmp_path):
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    line = make(PAST, "--out", str(first))
    report = Report.objects.get()
    assert line == f"{PAST} r1 zh-hans 1 page, sha256 {report.file.sha256}\n"
    assert make("2026q3", "--lang", "zh-hans", "--out", str(second)) == line
    assert first.read_bytes() == second.read_bytes() == report.file.read()
    assert (short.frozen, Report.objects.count()) == (1, 1)


def test_a_quarter_before_all_data_is_made_for_who_asks_for_it(short):
    """Right after the import of a register that was kept elsewhere."""
    assert make(PAST).startswith(f"{PAST} r1 zh-hans ")
    assert ReportSnapshot.objects.get().quarter == Quarter.parse(PAST)


def test_the_other_language_comes_from_the_same_data(short):
    lines = [make(PAST, "--lang", language) for language in ("zh-hans", "en")]
    chinese, english = Report.objects.order_by("pk")
    assert (chinese.locale, english.locale) == ("zh-hans", "en")
    assert chinese.snapshot == english.snapshot
    assert short.frozen == 1
    assert digest_in(lines[0]) != digest_in(lines[1])


def test_a_reason_freezes_anew_and_keeps_the_first(short, risk_manager):
    first = make(PAST)
    second = make(PAST, "--revision", "漏导一份登记表", "--by", "risk.manager")
    assert second.startswith(f"{PAST} r2 zh-hans 1 page, sha256 ")
    assert digest_in(first) != digest_in(second)
    old, new = ReportSnapshot.objects.order_by("revision")
    assert (new.reason, new.supersedes, new.made_by) == ("漏导一份登记表", old, risk_manager)
    assert (old.made_by, Report.objects.ready().count()) == (None, 2)
    assert make(PAST) == second


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED)
def test_a_refusal_is_a_sentence_and_changes_nothing(arguments, sentence, short):
    with pytest.raises(CommandError) as refusal:
        make(*arguments)
    assert sentence in str(refusal.value)
    assert not ReportSnapshot.objects.exists()
    assert short.frozen == 0


def test_only_who_may_make_reports_lends_the_name(short, staff_cleaning):
    with pytest.raises(CommandError, match="cleaning may not make reports"):
        make(PAST, "--by", "staff.cleaning", "--revision", "改一改")
    assert not ReportSnapshot.objects.exists()


def test_a_place_that_cannot_be_written_is_named(short, tmp_path):
    path = tmp_path / "missing" / "report.pdf"
    with pytest.raises(CommandError, match=f"The report is made, {path} cannot be written"):
        make(PAST, "--out", str(path))
    assert Report.objects.get().is_ready


def test_pages_that_cannot_be_made_are_a_sentence(short, monkeypatch):
    monkeypatch.setattr(process, "PROJECT", process.PROJECT / "tests")
    with pytest.raises(CommandError, match="The data are frozen, the pages could not be made"):
        make(PAST)
    assert Report.objects.get().state == "failed"
    monkeypatch.undo()


def test_without_a_worker_it_does_the_work_itself_and_nothing_stays_owed(short):
    make(PAST)
    report = Report.objects.get()
    assert report.is_ready
    owed = Work.objects.get(kind="report.render")
    assert (owed.state, owed.lease_until, drain_work()) == ("done", None, 0)
    assert AuditEvent.objects.filter(action="report.ready").count() == 1


def test_two_at_once_make_one(short):
    lines, faults = [], []

    def run():
        try:
            with translation.override("en"):
                lines.append(make(PAST))
        except Exception as error:  # noqa: BLE001 - shown below
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert lines[0] == lines[1]
    assert (ReportSnapshot.objects.count(), Report.objects.ready().count()) == (1, 1)


def test_a_running_quarter_is_a_draft_on_every_page(register, risk_manager, tmp_path):
    make_risk(register, by=risk_manager)
    quarter = Quarter.of(timezone.now().astimezone(company_zone()).date())
    line = make(str(quarter), "--lang", "en", "--out", str(tmp_path / "draft.pdf"))
    count = Report.objects.get().pages
    assert f" {count} pages, sha256 " in line
    assert line.endswith(", draft\n")
    pages = list(pypdfium2.PdfDocument(tmp_path / "draft.pdf"))
    assert len(pages) == count
    for page in pages:
        assert "Draft: the quarter is not over" in page.get_textpage().get_text_bounded()


def test_a_renderer_that_fails_says_so_in_one_line(short, monkeypatch):
    """Whoever else has the work is waited for; afterwards it is owed as before, and nobody holds it."""

    def fail(_job, _out):
        other = Work.objects.get(kind="report.render")
        assert other.lease_token
        assert drain_work() == 0
        raise process.RenderError("The memory limit is used up.")

    monkeypatch.setattr("riskhub.reports.services.rendering.render_pdf", fail)
    with pytest.raises(CommandError) as refused, translation.override("en"):
        call_command("make_report", PAST, stdout=StringIO())
    assert (str(refused.value), refused.value.returncode) == (
        "The data are frozen, the pages could not be made: The memory limit is used up.", 1,
    )  # fmt: skip
    work = Work.objects.get(kind="report.render")
    assert (work.state, work.lease_until) == ("due", None)
    assert Report.objects.get().state == "failed"


def test_another_one_that_failed_first_is_no_fault_of_the_program(short, monkeypatch):
    def fail(_job, _out):
        Report.objects.update(state="failed")
        raise process.RenderError("The memory limit is used up.")

    monkeypatch.setattr("riskhub.reports.services.rendering.render_pdf", fail)
    with pytest.raises(CommandError):
        call_command("make_report", PAST, stdout=StringIO())
