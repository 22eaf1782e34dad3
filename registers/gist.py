"""What one step of a trail did, in half a sentence: the cell, the thing or the fields that it changed."""

import re
from collections.abc import Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from registers.models import ControlCheck, Risk, RiskOrigin
from riskhub.audit.choices import Operation
from riskhub.oversight.words import Change, Told

_SHOWN = 60
_FIELDS = 3
_DAY = re.compile(r" \d{4}-\d\d-\d\d$")
"""On which a check was due: when it was done stands below."""


def gist_of(rows: Sequence[Told]) -> str:
    """Empty where the name of the step says it all."""
    ways = (_origin, _cell, _score, _check, _named, _fields)
    return next((words for way in ways if (words := way(rows))), "")


def _origin(rows: Sequence[Told]) -> str:
    """Of a new risk where it comes from; its fields are those of the page."""
    if not any(_is_new(row, Risk) for row in rows):
        return ""
    values = {
        change.field: change.after
        for row in rows
        if _is_new(row, RiskOrigin)
        for change in row.changes
    }
    kind, label = values.get("kind", ""), values.get("label", "")
    return _brief(_("%(kind)s: %(name)s") % {"kind": kind, "name": label} if label else kind)


def _cell(rows: Sequence[Told]) -> str:
    found = [c for row in rows for c in row.changes if c.field == "residual_level" and c.after]
    if not found:
        return ""
    before = next((c.before for c in found if c.before), "")
    after = found[0].after
    if before and before != after:
        words = _("%(name)s %(after)s, before %(before)s")
        return words % {"name": found[0].name, "after": after, "before": before}
    return f"{found[0].name} {after}"


def _score(rows: Sequence[Told]) -> str:
    """The level stayed, and the cell is another one."""
    fields = {"residual_probability", "residual_impact"}
    own = [row for row in rows if row.event.object_type == Risk._meta.db_table]
    found = [c for row in own for c in row.changes if c.field in fields and c.before and c.after]
    words = _("%(name)s %(after)s, before %(before)s")
    said = [words % {"name": c.name, "after": c.after, "before": c.before} for c in found]
    return " · ".join(said)


def _check(rows: Sequence[Told]) -> str:
    """What a check found, then of which control: a long name is cut at its end."""
    for row in rows:
        result = next((c.after for c in row.changes if c.field == "effectiveness"), "")
        if result and _is_new(row, ControlCheck):
            words = _("%(kind)s: %(name)s") % {"kind": result, "name": _DAY.sub("", row.name)}
            return _brief(words)
    return ""


def _named(rows: Sequence[Told]) -> str:
    """The thing beside the risk that the step is about; of several assessments the newest."""
    own = Risk._meta.db_table
    names = [r.name for r in rows if r.name and r.event.object_type != own]
    cells = [name for name in names if name.startswith("(")]
    return _brief((cells[-1:] or names[:1] or [""])[0].strip("()"))


def _fields(rows: Sequence[Told]) -> str:
    if any(_is_new(row, Risk) for row in rows):
        return ""
    changes = [change for row in rows for change in row.changes]
    if len(changes) == 1:
        return _one(changes[0])
    names = list(dict.fromkeys(change.name for change in changes))
    more = len(names) - _FIELDS
    shown = pgettext("between names", ", ").join(names[:_FIELDS])
    if more <= 0:
        return shown
    words = ngettext("%(fields)s and %(count)d more", "%(fields)s and %(count)d more", more)
    return words % {"fields": shown, "count": more}


def _one(change: Change) -> str:
    value = _brief(change.after) or _("removed")
    return _("%(field)s: %(value)s") % {"field": change.name, "value": value}


def _is_new(row: Told, model: type[Risk | RiskOrigin | ControlCheck]) -> bool:
    event = row.event
    return (event.operation, event.object_type) == (Operation.INSERT, model._meta.db_table)


def _brief(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(_SHOWN)
