"""What names an entry of a list: then it may be switched off, not deleted."""

from typing import Any

from django.db.models import Count

from registers.models import RiskArea, RiskCategory, RiskSource, ServiceLine
from registers.models.taxonomy import Term
from registers.shipped import shipped_codes

KINDS: dict[str, type[Term]] = {
    model.kind: model for model in (RiskCategory, RiskArea, RiskSource, ServiceLine)
}
FIXED = RiskCategory
"""Its entries are those of the guide: neither more nor fewer."""


def term_of(key: str) -> Term | None:
    """Of `area:property`."""
    kind, _colon, code = key.partition(":")
    model = KINDS.get(kind)
    return model._default_manager.filter(code=code).first() if model else None


def uses_in(model: type[Term]) -> dict[int, int]:
    """{entry: how many rows name it}, whatever package they are of; one query per way of naming it."""
    counted: dict[int, int] = {}
    relations = model._meta.related_objects
    many = {one.related_model for one in relations if one.many_to_many}
    for relation in relations:
        if relation.related_model in many and not relation.many_to_many:
            continue  # the first source of a risk is one of its sources
        for key, count in _counts(relation):
            counted[key] = counted.get(key, 0) + count
    return counted


def uses_of(term: Term) -> int:
    return uses_in(type(term)).get(term.pk, 0)


def can_be_deleted(term: Term) -> bool:
    """Not what ships with the product: the next upgrade would bring it back."""
    is_own = term.code not in shipped_codes(type(term))
    return is_own and not isinstance(term, FIXED) and not uses_of(term)


def _counts(relation: Any) -> list[tuple[int, int]]:  # noqa: ANN401 - a relation of Django
    name = relation.field.name
    rows = relation.related_model._base_manager.exclude(**{name: None}).order_by()
    return list(rows.values_list(name).annotate(uses=Count("*")))
