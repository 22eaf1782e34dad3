"""The lists of the company: areas, sources, service lines, and the names of the three categories."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from registers.models import RiskCategory
from registers.models.taxonomy import Term
from registers.term_uses import can_be_deleted
from riskhub.accounts.bilingual import names_of, require_free_names
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
        names = _lock_names(model)
        last = model._default_manager.aggregate(last=Max("order"))["last"]
        term = model(code=code.lower(), order=0 if last is None else last + 1, **fields)
        term.full_clean()
        require_free_names(term, names)
        term.save()
        return term


def edit_term(term: Term, *, by: User, version: int | None, **fields: Any) -> Term:  # noqa: ANN401 - model fields
    """Raises StaleVersion when somebody saved since `version` was read."""
    with acting(by, "term.edited"):
        names = _lock_names(type(term), but=term)
        stored = lock_version(term, version)
        before = names_of(stored) if stored.is_active else {}
        for name, value in fields.items():
            setattr(stored, name, value)
        stored.full_clean()
        if stored.is_active:
            require_free_names(stored, names, before)
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


def _lock_names(model: type[Term], but: Term | None = None) -> list[tuple[str, str, str]]:
    """Code and both names of each that is offered, but of one; who names another one waits."""
    rows = list(model._default_manager.select_for_update().order_by("pk"))
    return [(row.code, row.name_zh, row.name_en) for row in rows if row.is_active and row != but]
