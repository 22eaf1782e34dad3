"""What this package puts on /my/: the risks, reviews, checks and filings that bear one's name."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registers.cards import risk_row
from registers.filters import SOON
from registers.models import Risk, RiskProposal
from registers.permissions import can_file_proposal, sees_risks
from registers.querysets import RiskQuerySet
from riskhub.accounts.models import User
from riskhub.oversight.cards import MOST_ROWS, MY, Card, Row, Section, register_card
from riskhub.web.templatetags.riskhub import day


def register_my_work() -> None:
    register_card(Card("my_overdue", MY, 10, sees_risks, overdue_reviews))
    register_card(Card("my_reviews", MY, 20, sees_risks, reviews_soon))
    register_card(Card("my_risks", MY, 60, sees_risks, open_risks))
    register_card(Card("my_filings", MY, 90, can_file_proposal, filings))


def overdue_reviews(user: User) -> Section:
    late = _mine(user).review_overdue(timezone.localdate())
    rows = [risk_row(risk, is_late=True) for risk in _first(late, "next_review_on")]
    hint = gettext_lazy("No review of yours is overdue.")
    return Section(
        gettext_lazy("My overdue reviews"), late.count(), _list("&review=overdue"), rows, hint,
        late.count(),
    )  # fmt: skip


def reviews_soon(user: User) -> Section:
    today = timezone.localdate()
    soon = _mine(user).filter(next_review_on__range=(today, today + SOON))
    rows = [
        Row(
            risk.get_absolute_url(), risk.name, "clock",
            meta=[risk.code, risk.owner_department.name],
            fact=_("due %(day)s") % {"day": day(risk.next_review_on)},
        )
        for risk in _first(soon, "next_review_on")
    ]  # fmt: skip
    hint = gettext_lazy("No review of yours is due within 30 days.")
    title = gettext_lazy("My reviews, next 30 days")
    return Section(title, soon.count(), _list("&review=soon"), rows, hint)


def open_risks(user: User) -> Section:
    mine = _mine(user)
    rows = [risk_row(risk, is_late=False) for risk in _first(mine, "rank_key")]
    hint = gettext_lazy("No open risk bears your name.")
    return Section(gettext_lazy("My risks"), mine.count(), _list(), rows, hint)


def filings(user: User) -> Section:
    own = RiskProposal.objects.filter(submitter=user).order_by("-pk")
    url = reverse("registers:proposal_mine")
    rows = [
        Row(
            url, str(filing), "inbox-arrow-down", meta=[day(filing.submitted_at)],
            fact=str(filing.get_state_display()),
        )
        for filing in own[:MOST_ROWS]
    ]  # fmt: skip
    hint = gettext_lazy("You have filed nothing yet.")
    return Section(gettext_lazy("My filings"), own.count(), url, rows, hint)


def _mine(user: User) -> RiskQuerySet:
    return Risk.objects.visible_to(user).open().owned_by(user)


def _first(risks: RiskQuerySet, order: str) -> RiskQuerySet:
    return risks.for_list().order_by(order, "rank_key")[:MOST_ROWS]


def _list(query: str = "") -> str:
    return f"{reverse('registers:risk_list')}?view=mine{query}"
