"""What this package hands to the registries: pages, cards of the home page, owed work."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.accounts.permissions import can_manage_people, can_see_contacts
from riskhub.company.preferences import company_zone
from riskhub.files.models import Attachment, Comment
from riskhub.files.owners import department_of_each, in_departments
from riskhub.oversight.cards import (
    BANNER,
    MOST_ROWS,
    NEEDS,
    SIDE,
    URGENT,
    Banner,
    Card,
    Side,
    register_card,
)
from riskhub.oversight.core_words import name_core
from riskhub.oversight.feed import Week, news_for
from riskhub.oversight.health import work_health
from riskhub.oversight.masking import withhold
from riskhub.oversight.people_cards import administration, people_without_role
from riskhub.oversight.permissions import (
    can_read_own_log,
    can_read_work,
    can_supervise,
    can_watch_work,
)
from riskhub.oversight.scope import Way, name_departments
from riskhub.oversight.seals import seal_standing
from riskhub.oversight.services import derive_head_mails, mail_head, verify_audit
from riskhub.oversight.services.sealing import HEAD_MAIL
from riskhub.oversight.services.verifying import VERIFY
from riskhub.reports.models import Report
from riskhub.reports.permissions import can_read_reports
from riskhub.web.navigation import add_entry
from riskhub.work.models import Work
from riskhub.work.progress import report_progress
from riskhub.work.registry import register_deriver, register_kind


def wire() -> None:
    name_core()
    way = Way(in_departments, department_of_each)
    name_departments({Attachment: way, Comment: way})
    withhold(User, "email", "phone", unless=can_see_contacts)
    withhold(User, "session_series")
    add_entry("menu", "oversight:event_list", _("Audit log"), order=50, allowed=can_read_own_log)
    add_entry("menu", "oversight:work_list", _("Background work"), order=60, allowed=can_read_work)
    add_entry(
        "monitor", "oversight:news_list", _("New and changed"), order=10, allowed=can_read_own_log
    )
    add_entry(
        "monitor", "oversight:department_list", _("Departments"), order=20, allowed=can_supervise
    )
    add_entry("respond", "oversight:my_work", _("My work"), order=90)
    add_entry("phone", "oversight:my_work", _("My work"), order=40, icon="check-circle")
    register_card(Card("feed", SIDE, 40, can_supervise, feed_side))
    register_kind(HEAD_MAIL, _mail_owed_head, _("Head hash to an auditor"))
    register_kind(VERIFY, _verify_as_owed, _("Verification of the audit log"))
    register_deriver(derive_head_mails)
    register_card(Card("no_role", NEEDS, 80, can_manage_people, people_without_role))
    register_card(Card("administration", SIDE, 2, can_manage_people, administration))
    register_card(Card("dead_work", BANNER, 10, can_watch_work, work_banner))
    register_card(Card("dead_rows", URGENT, 10, can_watch_work, dead_rows))
    register_card(Card("audit_reports", SIDE, 3, _is_auditor, newest_reports))
    register_card(Card("audit_head", SIDE, 4, _is_auditor, audit_side))
    register_card(Card("reports", SIDE, 70, _reads_too, newest_reports))


def work_banner(_user: User) -> Banner | None:
    """Red while anything was given up, or while nobody works at all."""
    health = work_health(timezone.now())
    if health.dead:
        strong = ngettext(
            "%(count)d job was given up", "%(count)d jobs were given up", health.dead
        ) % {"count": health.dead}
        text = gettext("It failed again and again; nothing is lost, but nobody goes on with it.")
    elif health.is_silent and health.late:
        strong = gettext("No worker answers")
        text = ngettext(
            "%(count)d job waits longer than usual.",
            "%(count)d jobs wait longer than usual.",
            health.late,
        ) % {"count": health.late}
    else:
        return None
    link = gettext("See and retry")
    return Banner(strong, text, reverse("oversight:work_list"), link, is_alert=True)


def dead_rows(_user: User) -> Side | None:
    """The jobs that were given up last, each to be started again on the spot."""
    dead = list(Work.objects.dead().order_by("-id")[:MOST_ROWS])
    if not dead:
        return None
    return Side(
        _("Given up"), "oversight/dead_card.html", {"dead": dead},
        reverse("oversight:work_list"), _("All background work"),
    )  # fmt: skip


def audit_side(_user: User) -> Side:
    return Side(
        _("Audit log"), "oversight/head_card.html", {"seals": seal_standing()},
        reverse("oversight:event_list"), _("Open the log"),
    )  # fmt: skip


def feed_side(user: User) -> Side:
    """The newest of this week; as many more as there are stand on the page."""
    zone = company_zone()
    week = Week.of(timezone.localdate(timezone=zone), zone)
    news = news_for(user, week.since, week.until)[:MOST_ROWS]
    return Side(
        _("New and changed this week"), "oversight/news_card.html", {"news": news},
        reverse("oversight:news_list"), _("All of it"),
    )  # fmt: skip


def newest_reports(user: User) -> Side:
    reports = Report.objects.visible_to(user).ready().newest_first()[:MOST_ROWS]
    return Side(
        _("Newest reports"), "oversight/reports_card.html", {"reports": reports},
        reverse("reports:report_list"), _("All reports"),
    )  # fmt: skip


def _is_auditor(user: User) -> bool:
    return user.roles.everywhere(Role.AUDITOR)


def _reads_too(user: User) -> bool:
    return can_read_reports(user) and not _is_auditor(user)


def _mail_owed_head(payload: dict[str, Any]) -> None:
    mail_head(User.objects.get(pk=payload["user"]), payload["day"])


def _verify_as_owed(payload: dict[str, Any]) -> None:
    dedupe = payload["dedupe"]
    verify_audit(
        by=User.objects.get(pk=payload["by"]),
        told=lambda done: report_progress(dedupe, done=done),
    )
