"""One change on many risks, and taking it back: as many queries for a thousand of them as for one."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from registers.models import BulkEdit, Risk
from registers.services.drafts import check_review
from registers.weighing import Change, Effect, weigh
from riskhub.accounts.models import User
from riskhub.audit.context import acting
from riskhub.audit.versions import lock_row
from riskhub.entry.undo import TooLate, in_time

_BATCH = 500


class NotAsShown(Exception):  # noqa: N818 - reads as what it says
    """The risks, or what was chosen for them, changed since the preview; `effect` is what it would be now."""

    def __init__(self, effect: Effect) -> None:
        self.effect = effect
        words = _(
            "You or somebody else changed what is to be done. Look at the effect as it is now."
        )
        super().__init__(words)


class TouchedSince(Exception):  # noqa: N818 - reads as what it says
    """Somebody worked on these since, so nothing is taken back."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        super().__init__(
            _("Not taken back: %(codes)s changed since. Change them by hand.")
            % {"codes": ", ".join(codes)}
        )


class UndoneAlready(Exception):  # noqa: N818 - reads as what it says
    """A second press."""


def edit_risks(
    risks: Collection[Risk], change: Change, *, by: User, digest: str | None = None
) -> BulkEdit:
    """Change what the change names, leave out what is refused; raises NotAsShown for another effect.

    `digest` is that of the effect that was shown. All in one transaction, so in one group of the audit.
    """
    with acting(by, "risk.edited_in_bulk"):
        check_review(change.next_review_on)
        effect = weigh(_locked([risk.pk for risk in risks]), change, by)
        if digest is not None and digest != effect.digest:
            raise NotAsShown(effect)
        columns, before = change.columns, _before(effect, change)
        keys = [risk.pk for risk in effect.changed]
        Risk.objects.filter(pk__in=keys).update(row_version=F("row_version") + 1, **columns)
        if change.add_source:
            _add_source(effect, change)
        return BulkEdit.objects.create(
            made_by=by, changes={name: _plain(value) for name, value in _named(change).items()},
            before=before,
        )  # fmt: skip


def undo_bulk_edit(bulk: BulkEdit, *, by: User) -> BulkEdit:
    """Everything as it was: raises TooLate, UndoneAlready, or TouchedSince with the list."""
    with acting(by, "risk.bulk_edit_undone"):
        stored = lock_row(bulk)
        if stored.undone_at:
            raise UndoneAlready
        if not in_time(stored.made_at):
            raise TooLate(_("Change the risks back by hand."))
        risks = _locked([row[0] for row in stored.before])
        rows = {key: (version, fields, has_new) for key, version, fields, has_new in stored.before}
        touched = [risk.code for risk in risks if risk.row_version != rows[risk.pk][0]]
        if touched:
            raise TouchedSince(touched)
        _restore(risks, rows, stored)
        stored.undone_at = timezone.now()
        stored.save(update_fields=["undone_at"])
        return stored


def _locked(keys: Collection[int]) -> list[Risk]:
    """In the order of their keys, so that two who want the same wait for each other."""
    rows = Risk.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(rows.select_related("owner", "owner_department").order_by("pk"))


def _before(effect: Effect, change: Change) -> list[list[Any]]:
    names = [_attribute(name) for name in change.columns]
    return [
        [
            risk.pk,
            risk.row_version + 1,
            {name: _plain(getattr(risk, name)) for name in names},
            risk.pk in effect.without_source,
        ]
        for risk in effect.changed
    ]


def _add_source(effect: Effect, change: Change) -> None:
    join = Risk.sources.through
    source = change.add_source.pk if change.add_source else None
    join._default_manager.bulk_create(
        join(risk_id=risk.pk, risksource_id=source)
        for risk in effect.changed
        if risk.pk in effect.without_source
    )


def _restore(risks: list[Risk], rows: dict[int, Any], bulk: BulkEdit) -> None:
    names: set[str] = set()
    for risk in risks:
        _version, fields, _has_new = rows[risk.pk]
        for name, value in fields.items():
            setattr(risk, name, parse_date(value) if name == "next_review_on" and value else value)
            names.add(name.removesuffix("_id"))
        risk.row_version += 1
    Risk.objects.bulk_update(risks, ["row_version", *sorted(names)], batch_size=_BATCH)
    if source := bulk.changes.get("add_source"):
        added = [key for key, (_version, _fields, has_new) in rows.items() if has_new]
        join = Risk.sources.through._default_manager
        join.filter(risk__in=added, risksource=source).delete()


def _named(change: Change) -> dict[str, Any]:
    source = {"add_source": change.add_source} if change.add_source else {}
    return change.columns | source


def _attribute(name: str) -> str:
    return str(Risk._meta.get_field(name).attname)  # type: ignore[union-attr]  # a column


def _plain(value: Any) -> Any:  # noqa: ANN401 - of any field
    if isinstance(value, date):
        return value.isoformat()
    return getattr(value, "pk", value)
