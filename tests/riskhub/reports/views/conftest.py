import pytest

from riskhub.company.calendar import Quarter
from riskhub.reports import views
from riskhub.reports.services import render_report, request_report


@pytest.fixture(autouse=True)
def _files(settings, tmp_path, builder, monkeypatch):
    """The trial kind stands for the quarterly report, and files go to a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(views, "QUARTERLY", "trial")


@pytest.fixture
def report(builder, risk_manager):
    """Requested, not made yet."""
    return request_report("trial", Quarter(2026, 3), by=risk_manager, language="en")


@pytest.fixture
def ready(report):
    return render_report(report.pk)
