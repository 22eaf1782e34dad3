"""What this package puts on the home page."""

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from registers.models import Register, Risk, RiskProposal
from registers.permissions import (
    can_create_register,
    can_create_risk,
    can_file_proposal,
    can_triage,
    sees_risks,
)
from registers.querysets import READERS, RiskQuerySet
from registers.services.triage_notices import LONG
from registers.triage import waiting_since
from riskhub.accounts.choices import Role
from riskhub.accounts.models import Department, User
from riskhub.company.calendar import days_between
from riskhub.company.preferences import company_zone
from riskhub.entry.day_words import day
from riskhub.oversight.cards import (
    FIRST,
    MOST_ROWS,
    NEEDS,
    SIDE,
    START,
    Card,
    Row,
    Section,
    Side,
    Start,
    first_and_counted,
    register_card,
    waits,
)

COUNTED = "_filings_waiting"
"""Where the card leaves its count for the number in the navigation of the same page."""

SEES = "sees_any_risk"
_SEEN = "saw_any_risk"
"""Found out for one first step, and taken by the next one of the same page."""


def register_cards() -> None:
    register_card(Card("file", START, 10, files_first, file_start))
    register_card(Card("proposals", NEEDS, 20, can_triage, proposals_waiting))
    register_card(Card("no_plan", NEEDS, 50, answers_for_risks, without_plan))
    register_card(Card("reviews", NEEDS, 60, sees_risks, reviews_overdue))
    register_card(Card("filings", SIDE, 5, files_first, my_filings))
    register_card(Card("register", FIRST, 10, can_create_register, register_start))
    register_card(Card("library", FIRST, 20, can_create_risk, library_start))


def files_first(user: User) -> bool:
    """Those whose first use of the product is to say what they saw."""
    return can_file_proposal(user) and not user.roles.has(Role.RISK_MANAGER, Role.APPROVER)


def answers_for_risks(user: User) -> bool:
    return user.roles.has(Role.RISK_MANAGER, Role.DEPARTMENT_HEAD)


def file_start(_user: User) -> Start:
    url = reverse("registers:proposal_create")
    return Start(gettext_lazy("File a risk"), url, "plus", gettext_lazy("One sentence is enough."))


def proposals_waiting(user: User) -> Section | None:
    waiting = RiskProposal.objects.visible_to(user).waiting().since()
    now, zone = timezone.now(), company_zone()
    filings = waiting.select_related("submitter", "department").order_by("pk")
    first, count, late = first_and_counted(filings, Q(waits_since__lt=now - LONG))
    vars(user)[COUNTED] = count
    if not count:
        return None
    rows = [
        _proposal_row(
            proposal,
            waits(days_between(waiting_since(proposal), now, zone)),
            is_late=now - waiting_since(proposal) > LONG,
        )
        for proposal in first
    ]
    url = reverse("registers:proposal_list")
    return Section(gettext_lazy("Triage inbox"), count, url, rows, late=late)


def _proposal_row(proposal: RiskProposal, fact: str, *, is_late: bool) -> Row:
    url = reverse("registers:proposal_decide", args=[proposal.pk])
    return Row(
        url, str(proposal), "inbox-arrow-down",
        meta=[proposal.filer, proposal.department.name],
        fact=fact, is_late=is_late, action=gettext_lazy("Decide"), action_url=url,
    )  # fmt: skip


def reviews_overdue(user: User) -> Section | None:
    """Who answers for departments sees all of theirs, everybody else their own risks."""
    late = Risk.objects.of_own_roles(user).review_overdue(timezone.localdate())
    if answers_for_risks(user):
        query = f"?view=overdue{_own_departments(user)}"
        return _risks(user, late, query, gettext_lazy("Overdue reviews"), is_late=True)
    query = "?view=mine&review=overdue"
    title = gettext_lazy("My overdue reviews")
    return _risks(user, late.owned_by(user), query, title, is_late=True)


def without_plan(user: User) -> Section | None:
    risks = Risk.objects.of_own_roles(user).without_plan()
    query = f"?view=no_plan{_own_departments(user)}"
    return _risks(user, risks, query, gettext_lazy("Above appetite, no plan"))


def _own_departments(user: User) -> str:
    """Narrows the list for a stand-in, who sees there what they may decide on, too."""
    if not user.stands_in_for or user.roles.everywhere(*READERS):
        return ""
    own = Department.objects.filter(pk__in=user.roles.department_ids(*READERS)).order_by("path")
    highest: list[Department] = []
    for one in own:
        if not highest or not one.path.startswith(highest[-1].path):
            highest.append(one)
    return "".join(f"&{urlencode({'department': one.code})}" for one in highest)


def _risks(
    user: User, risks: RiskQuerySet, query: str, title: StrOrPromise, *, is_late: bool = False
) -> Section | None:
    """The first by rank; `query` leads to the same ones in the list."""
    count = risks.count()
    if not count:
        return None
    vars(user)[_SEEN] = True
    rows = [risk_row(risk, is_late=is_late) for risk in risks.for_list().in_ranking()[:MOST_ROWS]]
    return Section(
        title, count, reverse("registers:risk_list") + query, rows, late=count if is_late else 0
    )


def risk_row(risk: Risk, *, is_late: bool) -> Row:
    """A risk by its level, or by the day on which its review was due."""
    due = _("due %(day)s") % {"day": day(risk.next_review_on)}
    return Row(
        risk.get_absolute_url(), risk.name, "clock" if is_late else "list-bullet",
        meta=[risk.code, risk.owner_department.name],
        fact=due if is_late else str(risk.get_residual_level_display()), is_late=is_late,
    )  # fmt: skip


def my_filings(user: User) -> Side | None:
    filings = list(RiskProposal.objects.filter(submitter=user).order_by("-pk")[:MOST_ROWS])
    if not filings:
        return None
    return Side(
        gettext_lazy("My filings"), "registers/filings_card.html", {"filings": filings},
        reverse("registers:proposal_mine"), gettext_lazy("All filings"),
    )  # fmt: skip


def register_start(user: User) -> Start | None:
    """Who sees a risk has a register: it is asked for only where no risk is seen."""
    known: bool = vars(user).get(_SEEN, False)
    vars(user)[_SEEN] = sees = known or Risk.objects.visible_to(user).exists()
    if sees or Register.objects.visible_to(user).exists():
        return None
    url = reverse("registers:register_create")
    words = gettext_lazy("A list of risks: of the company, a service line or a project.")
    return Start(gettext_lazy("Make the first register"), url, "list-bullet", words)


def library_start(user: User) -> Start | None:
    known: bool | None = vars(user).pop(_SEEN, None)
    vars(user)[SEES] = sees = Risk.objects.visible_to(user).exists() if known is None else known
    if sees or not Register.objects.kept_by(user).exists():
        return None
    url = reverse("registers:library_list")
    words = gettext_lazy("48 common risks of home services: tick those that are yours.")
    return Start(gettext_lazy("Adopt from the library"), url, "book-open", words)
