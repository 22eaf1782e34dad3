"""The demo is made once for the whole file: three seconds, read by every test here."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from assessments.models import Action, Assessment, ResponsePlan, ReviewCycle
from registers.models import Risk, RiskProposal
from riskhub.accounts.models import Department, User
from riskhub.accounts.services import create_user
from riskhub.audit.models import AuditEvent
from riskhub.company.calendar import Quarter
from riskhub.company.preferences import company_names, company_zone
from riskhub.files.models import Attachment
from riskhub.notices.models import Notice
from riskhub.reports.models import Report
from riskhub.work.models import Work

PASSWORD = "a demo password"


def seed():
    said = StringIO()
    call_command("seed_demo", stdout=said)
    return said.getvalue()


@pytest.fixture
def began(transactional_db):
    """When, and how many steps stood: midnight may pass since they were taken, and while it is told."""
    return timezone.now(), AuditEvent.objects.count()


@pytest.fixture
def said(transactional_db, monkeypatch):
    """Really committed: the report is frozen in a transaction of its own."""
    monkeypatch.setenv("RISKHUB_DEMO_PASSWORD", PASSWORD)
    return seed()


def test_the_story(began, said):
    _people(said)
    _every_state()
    _dates(*began)
    _report()
    _nothing_twice()


def _people(said):
    assert company_names() == ("和顺到家", "Heshun Home Services")
    assert PASSWORD in said.splitlines()[0]
    names = {
        "risk.manager", "head.cleaning", "staff.cleaning", "staff.repair", "approver", "auditor",
        "admin",
    }  # fmt: skip
    assert names <= {line.split()[0] for line in said.splitlines()[1:]}
    assert User.objects.values("password").distinct().count() == 1
    assert User.objects.get(username="auditor").check_password(PASSWORD)
    parents = dict(Department.objects.exclude(parent=None).values_list("code", "parent__code"))
    assert parents == {"CLEAN": "OPS", "REPAIR": "TECH"}


def _every_state():
    states = Counter(ResponsePlan.objects.values_list("state", flat=True))
    wanted = {
        "approved", "in_progress", "submitted", "changes_requested", "draft", "rejected",
        "completed",
    }  # fmt: skip
    assert wanted <= set(states)
    assert states["submitted"] >= 3
    assert set(Assessment.objects.values_list("state", flat=True)) == {
        "confirmed", "submitted", "superseded",
    }  # fmt: skip
    assert Risk.objects.filter(origins__kind="library").count() == 34
    assert Risk.objects.exclude(origins__kind="library").count() == 6
    assert Risk.objects.filter(state="closed").count() == 1
    assert set(Risk.objects.values_list("residual_level", flat=True)) == {None, 0, 1, 2, 3}
    assert RiskProposal.objects.waiting().count() == 5
    nameless = RiskProposal.objects.get(is_anonymous=True)
    assert (nameless.submitter, nameless.kinds) == (None, ["near_miss"])
    (photo,) = Attachment.objects.select_related("file")
    assert (photo.is_photo, len(photo.file.read())) == (True, photo.file.size)
    assert Risk.objects.without_plan().exists()
    assert Notice.objects.unread().exists()


def _dates(began, stood):
    today = timezone.localdate(began, company_zone())
    running = Quarter.of(today)
    cycles = {str(cycle): cycle.state for cycle in ReviewCycle.objects.all()}
    assert cycles == {str(running): "open", str(running.previous): "closed"}
    assert not Risk.objects.filter(reported_on__gt=today).exists()
    assert Action.objects.pending().filter(due_on__lt=today).count() == 2
    finished = running.previous
    in_finished = Assessment.objects.filter(
        assessed_on__range=(finished.starts_on, finished.ends_on)
    )
    assert in_finished.count() == 34
    assert AuditEvent.objects.filter(at__lt=began).count() == stood  # none is dated back


def _report():
    finished = Quarter.of(timezone.localdate(timezone=company_zone())).previous
    report = Report.objects.select_related("snapshot").get()
    assert (report.snapshot.quarter, report.snapshot.is_draft) == (finished, False)
    assert Work.objects.get(kind="report.render").payload == {"report": report.pk}


def _nothing_twice():
    risks, events = Risk.objects.count(), AuditEvent.objects.count()
    again = seed()
    assert again.splitlines()[1].split()[0] == "risk.manager"
    assert (Risk.objects.count(), AuditEvent.objects.count()) == (risks, events)


def test_a_company_of_its_own_is_left_alone(db):
    create_user(by=None, username="boss", display_name="老板")
    with pytest.raises(CommandError, match="empty"):
        seed()
    assert Risk.objects.count() == 0


def test_production_refuses_it(db, settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        seed()
    assert not User.objects.exists()


def test_without_a_password_one_is_kept_in_the_data_folder(db, settings, tmp_path, monkeypatch):
    monkeypatch.delenv("RISKHUB_DEMO_PASSWORD", raising=False)
    settings.DATA_DIR = tmp_path
    create_user(by=None, username="risk.manager", display_name="陈静")
    kept = seed().splitlines()[0].rpartition(" ")[2]
    assert (tmp_path / "demo_password").read_text().strip() == kept
    assert len(kept) == 12
