"""What stands out about a risk, in words beside its name.

A higher package adds its own in `ready()`: `register_flags(lambda user, risk: [Flag(...)])`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from registers.choices import RiskState
from registers.models import Risk
from riskhub.accounts.models import User
from riskhub.entry.day_words import day

HIGH_SCORE = 4


@dataclass(frozen=True)
class Flag:
    """`icon` is a heroicon; an alert is what somebody must act on now."""

    words: str
    icon: str
    is_alert: bool = False
    url: str = ""


FlagProvider = Callable[[User, Risk], list[Flag]]
_providers: list[FlagProvider] = []


def register_flags(provider: FlagProvider) -> None:
    """Asked of open risks; it may ask the database a fixed number of times."""
    if provider not in _providers:
        _providers.append(provider)


def flags_of(user: User, risk: Risk) -> list[Flag]:
    """In the order of weight. One query where the risk was merged, else those of the packages above."""
    if not risk.is_open:
        return [_how_it_ended(user, risk)]
    others = [flag for provider in _providers for flag in provider(user, risk)]
    return [*_high_high(risk), *others, *_review(risk)]


def is_high_high(risk: Risk) -> bool:
    """Probability and impact are both high: such a risk is answered first."""
    scores = risk.residual_probability, risk.residual_impact
    return min(score or 0 for score in scores) >= HIGH_SCORE


def is_late(risk: Risk) -> bool:
    due = risk.next_review_on
    return risk.is_open and due is not None and due < timezone.localdate()


def _how_it_ended(user: User, risk: Risk) -> Flag:
    if risk.is_undone:
        return Flag(_("Taken back"), "arrow-uturn-left")
    if risk.state == RiskState.MERGED and risk.merged_into:
        survivor = risk.merged_into
        if Risk.objects.visible_to(user).filter(pk=survivor.pk).exists():
            words = _("Merged into %(code)s") % {"code": survivor.code}
            return Flag(words, "arrows-pointing-in", url=survivor.get_absolute_url())
        return Flag(_("Merged into another risk"), "arrows-pointing-in")
    return Flag(risk.get_state_display(), "lock-closed")


def _high_high(risk: Risk) -> list[Flag]:
    if not is_high_high(risk):
        return []
    return [Flag(_("Probability and impact high"), "fire", is_alert=True)]


def _review(risk: Risk) -> list[Flag]:
    if risk.next_review_on is None:
        return []
    when = {"day": day(risk.next_review_on)}
    if is_late(risk):
        return [Flag(_("Review overdue since %(day)s") % when, "clock", is_alert=True)]
    return [Flag(_("Review %(day)s") % when, "clock")]
