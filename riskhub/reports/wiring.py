"""What this package hands to the registries of the packages below it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from riskhub.reports.hits import register_hits
from riskhub.reports.permissions import can_read_reports
from riskhub.reports.services import RENDER, render_report
from riskhub.web.navigation import add_entry
from riskhub.work.registry import register_kind


def wire() -> None:
    add_entry(
        "reports", "reports:report_list", _("Report library"), order=10, allowed=can_read_reports
    )
    register_hits()
    register_kind(RENDER, _render_owed_report, _("PDF of a report"))


def _render_owed_report(payload: dict[str, Any]) -> None:
    render_report(payload["report"])
