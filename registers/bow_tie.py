"""The bow-tie of a risk: causes, what prevents, the event, what lessens and answers it, consequences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from registers.barriers import Barrier, other_barriers
from registers.choices import ControlState, ControlType, Effectiveness
from registers.gaps import ControlGap, RiskGap, gaps_of_control, gaps_of_risk
from registers.models import Control, Risk, RiskControl
from riskhub.accounts.models import User
from riskhub.entry.day_words import day

_PART = re.compile(r"[\n；;]+")
_BEFORE = ControlType.PREVENTIVE


@dataclass(frozen=True)
class BowTie:
    """`gaps` are what the risk lacks, `weak` the sentences about controls that may not hold."""

    causes: Sequence[str]
    event: str
    consequences: Sequence[str]
    language: str
    before: Sequence[Barrier]
    after: Sequence[Barrier]
    gaps: Sequence[RiskGap]
    weak: Sequence[str] = field(default_factory=list)

    @property
    def gap_before(self) -> StrOrPromise:
        return next((gap.words for gap in self.gaps if gap.lacks == _BEFORE), "")

    @property
    def gap_after(self) -> StrOrPromise:
        return next((gap.words for gap in self.gaps if gap.lacks != _BEFORE), "")

    @property
    def gap_count(self) -> int:
        return len(self.gaps) + len(self.weak)


def acting_on(risk: Risk) -> list[RiskControl]:
    """The controls of a risk that are not retired, with their last check; two queries."""
    links = RiskControl.objects.filter(risk=risk).exclude(control__state=ControlState.RETIRED)
    order = list(ControlType.values)
    return sorted(
        links.with_controls(), key=lambda one: (order.index(one.control.type), one.control.number)
    )


def bow_tie_of(user: User, risk: Risk, links: Sequence[RiskControl] | None = None) -> BowTie:
    """Of a risk that the user sees; `links` are its `acting_on`, read here unless given."""
    links = acting_on(risk) if links is None else links
    controls = [link.control for link in links]
    others = other_barriers(user, risk)
    in_use = {one.type for one in controls if one.is_in_use}
    types = in_use | {ControlType.EMERGENCY} if _any_ready(others) else in_use
    after = [barrier_of(one) for one in controls if one.type != _BEFORE]
    return BowTie(
        causes=parts(risk.cause),
        event=risk.event,
        consequences=parts(risk.consequence),
        language=risk.text_language,
        before=[barrier_of(one) for one in controls if one.type == _BEFORE],
        after=[*after, *others],
        gaps=gaps_of_risk(risk.residual_level, types) if risk.is_open else [],
        weak=[sentence for one in controls for sentence in _weaknesses(one)],
    )


def barrier_of(control: Control) -> Barrier:
    """Of a control `with_last_check()`."""
    return Barrier(
        code=control.code,
        name=control.name,
        url=control.get_absolute_url(),
        kind=control.get_type_display(),
        fact=_fact(control),
        is_weak=bool(_gaps(control)),
        is_planned=not control.is_in_use,
        language=control.name_language,
    )


def parts(text: str) -> list[str]:
    """A text of several lines, or parted by semicolons, as so many boxes."""
    return [part for part in (one.strip() for one in _PART.split(text)) if part]


def overview_card(user: User, risk: Risk) -> SafeString:
    """The picture in short, for the overview of the risk."""
    tie = bow_tie_of(user, risk)
    return mark_safe(  # noqa: S308 - a template's own output
        get_template("registers/bow_tie_card.html").render({"tie": tie, "risk": risk})
    )


def _any_ready(barriers: Sequence[Barrier]) -> bool:
    return any(not barrier.is_planned for barrier in barriers)


def _fact(control: Control) -> str:
    if not control.is_in_use:
        return str(control.get_state_display())
    if control.is_overdue:
        return _("check overdue since %(day)s") % {"day": day(control.next_check_on)}
    result, done_on = control.last_result, control.last_done_on  # type: ignore[attr-defined]
    if not result:
        return _("never checked")
    said = Effectiveness(result).label
    return _("%(day)s %(result)s") % {"day": day(done_on), "result": str(said).lower()}


def _weaknesses(control: Control) -> list[str]:
    return [
        _("%(control)s: %(gap)s") % {"control": control, "gap": str(gap.words).lower()}
        for gap in _gaps(control)
    ]


def _gaps(control: Control) -> list[ControlGap]:
    result = control.last_result  # type: ignore[attr-defined]
    return gaps_of_control(control.state, result, is_overdue=control.is_overdue)
