"""What this package puts on the home page."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registers.models import Register, Risk, RiskProposal
from registers.permissions import (
    can_create_register,
    can_create_risk,
    can_file_proposal,
    can_triage,
    sees_risks,
)
from riskhub.accounts.choices import Role
from riskhub.accounts.models import User
from riskhub.oversight.cards import (
    FIRST,
    MOST_ROWS,
    NEEDS,
    START,
    Card,
    Row,
    Section,
    Start,
    register_card,
)
from riskhub.web.templatetags.riskhub import day

_SOON = 2
"""Days after which a filing is late."""


def register_cards() -> None:
    register_card(Card("file", START, 10, files_first, file_start))
    register_card(Card("proposals", NEEDS, 20, can_triage, proposals_waiting))
    register_card(Card("reviews", NEEDS, 60, sees_risks, reviews_overdue))
    register_card(Card("register", FIRST, 10, can_create_register, register_start))
    register_card(Card("library", FIRST, 20, can_create_risk, library_start))


def files_first(user: User) -> bool:
    """Those whose first use of the product is to say what they saw."""
    return can_file_proposal(user) and not user.roles.has(Role.RISK_MANAGER, Role.APPROVER)


def file_start(_user: User) -> Start:
    url = reverse("registers:proposal_create")
    return Start(gettext_lazy("File a risk"), url, "plus", gettext_lazy("One sentence is enough."))


def proposals_waiting(user: User) -> Section | None:
    waiting = RiskProposal.objects.visible_to(user).waiting()
    count = waiting.count()
    if not count:
        return None
    first = waiting.select_related("submitter", "department").order_by("pk")[:MOST_ROWS]
    rows = [_proposal_row(proposal) for proposal in first]
    is_late = any(row.is_late for row in rows)
    url = reverse("registers:proposal_list")
    return Section(gettext_lazy("Triage inbox"), count, url, rows, is_late=is_late)


def _proposal_row(proposal: RiskProposal) -> Row:
    url = reverse("registers:proposal_decide", args=[proposal.pk])
    days = (timezone.now() - proposal.submitted_at).days
    return Row(
        url, str(proposal), "inbox-arrow-down",
        meta=[str(proposal.submitter), proposal.department.name],
        fact=ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else _("today"),
        is_late=days > _SOON, action=gettext_lazy("Decide"), action_url=url,
    )  # fmt: skip


def reviews_overdue(user: User) -> Section | None:
    """One's own risks whose review is past; the list shows the same."""
    today = timezone.localdate()
    late = Risk.objects.visible_to(user).owned_by(user).review_overdue(today)
    count = late.count()
    if not count:
        return None
    rows = [
        Row(
            risk.get_absolute_url(), risk.name, "clock",
            meta=[risk.code, risk.owner_department.name],
            fact=_("due %(day)s") % {"day": day(risk.next_review_on)}, is_late=True,
        )
        for risk in late.for_list().in_ranking()[:MOST_ROWS]
    ]  # fmt: skip
    url = f"{reverse('registers:risk_list')}?view=overdue&owner={user.username}"
    return Section(gettext_lazy("My overdue reviews"), count, url, rows, is_late=True)


def register_start(user: User) -> Start | None:
    if Register.objects.visible_to(user).exists():
        return None
    url = reverse("registers:register_create")
    words = gettext_lazy("A list of risks: of the company, a service line or a project.")
    return Start(gettext_lazy("Make the first register"), url, "list-bullet", words)


def library_start(user: User) -> Start | None:
    if Risk.objects.visible_to(user).exists() or not Register.objects.kept_by(user).exists():
        return None
    url = reverse("registers:library_list")
    words = gettext_lazy("48 common risks of home services: tick those that are yours.")
    return Start(gettext_lazy("Adopt from the library"), url, "book-open", words)
