"""The lists of the company: areas, sources, service lines, and the names of the three categories."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from registers.models import RiskCategory
from registers.models.taxonomy import Term
from registers.term_uses import can_be_deleted
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_version, save_fields


class TermInUse(Exception):  # noqa: N818 - reads as what it says
    """Something names it, or it ships with the product."""


def create_term(model: type[Term], *, by: User, code: str, **fields: Any) -> Term:  # noqa: ANN401 - model fields
    """At the end of its list; the code stays as it is."""
    with acting(by, "term.created"):
        if model is RiskCategory:
            raise ValidationError(_("There are exactly three categories. Rename one instead."))
        last = model._default_manager.aggregate(last=Max("order"))["last"]
        term = model(code=code.lower(), order=0 if last is None else last + 1, **fields)
        term.full_clean()
        term.save()
        return term


def edit_term(term: Term, *, by: User, version: int | None, **fields: Any) -> Term:  # noqa: ANN401 - model fields
    """Raises StaleVersion when somebody saved since `version` was read."""
    with acting(by, "term.edited"):
        stored = lock_version(term, version)
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.full_clean()
        return save_fields(stored, **fields)


def move_term(term: Term, *, by: User, up: bool) -> None:
    """One place up or down in its list; the first stays first, the last stays last."""
    with acting(by, "term.moved"):
        rows = list(type(term)._default_manager.select_for_update().order_by("order", "code"))
        here = next(place for place, row in enumerate(rows) if row.pk == term.pk)
        there = min(max(here + (-1 if up else 1), 0), len(rows) - 1)
        rows.insert(there, rows.pop(here))
        changed = [row for place, row in enumerate(rows) if row.order != place]
        for place, row in enumerate(rows):
            row.order = place
        type(term)._default_manager.bulk_update(changed, ["order"])


def delete_term(term: Term, *, by: User) -> None:
    """Only what nothing names. Raises TermInUse."""
    with acting(by, "term.deleted"):
        stored = lock_version(term, None)
        if not can_be_deleted(stored):
            raise TermInUse(
                _("“%(name)s” is in use or ships with RiskHub. Switch it off instead.")
                % {"name": stored.name}
            )
        stored.delete()
