"""What this package puts on /my/: the risks, reviews, checks and filings that bear one's name."""

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registers.cards import risk_row
from registers.filings import ASKED
from registers.filters import SOON
from registers.models import Risk, RiskProposal
from registers.permissions import can_file_proposal, sees_risks
from registers.querysets import RiskQuerySet
from registers.triage import waiting_since
from riskhub.accounts.models import User
from riskhub.company.calendar import days_between
from riskhub.company.preferences import company_zone
from riskhub.entry.day_words import day
from riskhub.oversight.cards import (
    MOST_ROWS,
    MY,
    NEEDS,
    Card,
    Row,
    Section,
    register_card,
    waits,
)


def register_my_work() -> None:
    register_card(Card("questions", NEEDS, 5, can_file_proposal, questions_asked))
    register_card(Card("my_questions", MY, 5, can_file_proposal, questions))
    register_card(Card("my_overdue", MY, 10, sees_risks, overdue_reviews))
    register_card(Card("my_reviews", MY, 20, sees_risks, reviews_soon))
    register_card(Card("my_risks", MY, 60, sees_risks, open_risks))
    register_card(Card("my_filings", MY, 90, can_file_proposal, filings))


def questions_asked(user: User) -> Section | None:
    """A filing that waits for its filer: nobody else can do anything about it."""
    section = questions(user)
    return section if section.count else None


def questions(user: User) -> Section:
    asked = RiskProposal.objects.filed_by(user).asked()
    first = list(asked.since().order_by(F("waits_since"), "pk")[: MOST_ROWS + 1])
    count = len(first) if len(first) <= MOST_ROWS else asked.count()
    rows = _question_rows(first[:MOST_ROWS]) if first else []
    hint = "" if rows else gettext_lazy("Nobody has asked you anything about what you filed.")
    url = f"{reverse('registers:proposal_mine')}?view={ASKED}"
    return Section(gettext_lazy("Questions to you"), count, url, rows, hint)


def _question_rows(filings: list[RiskProposal]) -> list[Row]:
    now, zone = timezone.now(), company_zone()
    return [
        Row(
            _receipt(filing), str(filing), "inbox-arrow-down", meta=[f"#{filing.pk}"],
            fact=waits(days_between(waiting_since(filing), now, zone)),
            action=gettext_lazy("Answer"),
            action_url=reverse("registers:proposal_answer", kwargs={"number": filing.pk}),
        )
        for filing in filings
    ]  # fmt: skip


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
            _receipt(filing), str(filing), "inbox-arrow-down", meta=[day(filing.submitted_at)],
            fact=str(filing.get_state_display()),
        )
        for filing in own[:MOST_ROWS]
    ]  # fmt: skip
    hint = gettext_lazy("You have filed nothing yet.")
    return Section(gettext_lazy("My filings"), own.count(), url, rows, hint)


def _receipt(filing: RiskProposal) -> str:
    return reverse("registers:proposal_receipt", kwargs={"number": filing.pk})


def _mine(user: User) -> RiskQuerySet:
    return Risk.objects.visible_to(user).open().owned_by(user)


def _first(risks: RiskQuerySet, order: str) -> RiskQuerySet:
    return risks.for_list().order_by(order, "rank_key")[:MOST_ROWS]


def _list(query: str = "") -> str:
    return f"{reverse('registers:risk_list')}?view=mine{query}"
