"""The controls that an assessment of a risk can count, and what they are counted for unless told."""

from collections.abc import Collection, Iterable, Sequence

from assessments.effects import Effect
from assessments.models import Assessment
from registers.choices import ActsOn, ControlState, Effectiveness
from registers.models import Risk, RiskControl

Links = dict[int, list[RiskControl]]


def links_in_use(risks: Collection[Risk]) -> Links:
    """{key of the risk: what acts on it and is in use}, with the last checks; two queries for all."""
    links: Links = {risk.pk: [] for risk in risks}
    rows = RiskControl.objects.filter(risk__in=links, control__state=ControlState.ACTIVE)
    for link in rows.with_controls().order_by("risk", "control__number"):
        links[link.risk_id].append(link)
    return links


def has_failed(link: RiskControl) -> bool:
    """Its last check found that it does not work; of `links_in_use`."""
    found: str | None = link.control.last_result  # type: ignore[attr-defined]
    return found == Effectiveness.INEFFECTIVE


def usual_effect(link: RiskControl) -> Effect:
    """As the link says; what has failed its last check counts for nothing."""
    if has_failed(link):
        return Effect(link.control_id)
    is_probability = link.acts_on == ActsOn.PROBABILITY
    return Effect(
        link.control_id,
        probability=link.strength if is_probability else 0,
        impact=0 if is_probability else link.strength,
    )


def usual_effects(links: Iterable[RiskControl]) -> Sequence[Effect]:
    return tuple(usual_effect(link) for link in links)


def counted_in(former: Assessment | None) -> dict[int, Effect]:
    """{key of the control: what it was counted for then}; one query."""
    if former is None:
        return {}
    return {
        row.control_id: Effect(row.control_id, row.probability, row.impact, row.answer)
        for row in former.controls.all()
    }
