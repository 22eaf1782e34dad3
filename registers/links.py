"""The links of a risk in the words of its own page: “R001 is caused by R012”."""

from collections.abc import Iterable
from dataclasses import dataclass

from registers.choices import LinkKind, Relation
from registers.models import Risk, RiskLink
from riskhub.accounts.models import User

_FROM_HERE = {
    LinkKind.CAUSES: Relation.CAUSES,
    LinkKind.AGGRAVATES: Relation.AGGRAVATES,
    LinkKind.RELATED: Relation.RELATED,
}
_TO_HERE = {
    LinkKind.CAUSES: Relation.CAUSED_BY,
    LinkKind.AGGRAVATES: Relation.AGGRAVATED_BY,
    LinkKind.RELATED: Relation.RELATED,
}


@dataclass(frozen=True)
class LinkedRisk:
    """The other end, and what it is to the risk on whose page one is."""

    link: RiskLink
    relation: Relation
    risk: Risk


@dataclass(frozen=True)
class Ends:
    """How a relation is kept: which risk does what to which."""

    from_risk: Risk
    to_risk: Risk
    kind: LinkKind


def linked_risks(user: User, risk: Risk) -> list[LinkedRisk]:
    """What holds and what the user sees of it, by relation and number; one query."""
    links = RiskLink.objects.visible_to(user).holding().of(risk)
    found = (seen_from(risk, link) for link in links.with_risks())
    order = list(Relation)
    return sorted(found, key=lambda one: (order.index(one.relation), one.risk.number))


def by_relation(linked: Iterable[LinkedRisk]) -> list[tuple[Relation, list[LinkedRisk]]]:
    groups: dict[Relation, list[LinkedRisk]] = {}
    for one in linked:
        groups.setdefault(one.relation, []).append(one)
    return list(groups.items())


def ends_of(risk: Risk, other: Risk, relation: str) -> Ends:
    """From whichever page it is said, the same relation is the same row."""
    if relation == Relation.RELATED:
        first, second = sorted((risk, other), key=lambda one: one.pk)
        return Ends(first, second, LinkKind.RELATED)
    if relation in (Relation.CAUSED_BY, Relation.AGGRAVATED_BY):
        kind = LinkKind.CAUSES if relation == Relation.CAUSED_BY else LinkKind.AGGRAVATES
        return Ends(other, risk, kind)
    return Ends(risk, other, LinkKind(relation))


def seen_from(risk: Risk, link: RiskLink) -> LinkedRisk:
    """The link as the page of this risk tells it."""
    kind = LinkKind(link.kind)
    if link.from_risk_id == risk.pk:
        return LinkedRisk(link, _FROM_HERE[kind], link.to_risk)
    return LinkedRisk(link, _TO_HERE[kind], link.from_risk)
