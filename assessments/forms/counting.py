"""The controls of the risk on the form: by how many steps each lowers which score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from assessments.counting import has_failed, usual_effect
from assessments.effects import AXES, MOST_STEPS, Effect
from registers.models import RiskControl
from riskhub.web.forms import Line

_LABELS = {
    "probability": gettext_lazy("%(code)s lowers the probability by"),
    "impact": gettext_lazy("%(code)s lowers the impact by"),
}


@dataclass(frozen=True)
class Count:
    """A row: the control and its fields; `answer` only where it failed its last check."""

    link: RiskControl
    probability: BoundField
    impact: BoundField
    answer: BoundField | None

    @property
    def sample(self) -> str:
        """What was good of the last sample, as 18/20."""
        control = self.link.control
        sample, exceptions = control.last_sample, control.last_exceptions  # type: ignore[attr-defined]
        return f"{sample - exceptions}/{sample}" if sample else ""


def counting_fields(
    links: Iterable[RiskControl], counted: Mapping[int, Effect]
) -> dict[str, forms.Field]:
    """As last time, or as the link says; what is not sent at all counts as it stands here."""
    fields: dict[str, forms.Field] = {}
    for link in links:
        effect = counted.get(link.control_id) or usual_effect(link)
        for axis in AXES:
            label = _LABELS[axis] % {"code": link.control.code}
            fields[_name(axis, link)] = forms.TypedChoiceField(
                label=label, choices=lowered_steps(), coerce=int,
                widget=forms.Select(attrs={"aria-label": label}),
                required=False, empty_value=getattr(effect, axis), initial=getattr(effect, axis),
            )  # fmt: skip
        if has_failed(link):
            fields[_name("answer", link)] = Line(
                label=_("%(code)s failed its last check. Why it counts all the same")
                % {"code": link.control.code},
                required=False, max_length=500, initial=effect.answer,
            )  # fmt: skip
    return fields


def count_of(form: forms.BaseForm, link: RiskControl) -> Count:
    name = _name("answer", link)
    answer = form[name] if name in form.fields else None
    return Count(link, form[_name("probability", link)], form[_name("impact", link)], answer)


def effect_of(form: forms.BaseForm, link: RiskControl) -> Effect:
    """As it is chosen now, on a form that need not be valid."""
    name = _name("answer", link)
    answer = str(form[name].value() or "") if name in form.fields else ""
    probability, impact = (_read(form, _name(axis, link)) for axis in AXES)
    return Effect(link.control_id, probability, impact, answer)


def effects_in(data: Mapping[str, Any], links: Iterable[RiskControl]) -> tuple[Effect, ...]:
    """Of a valid form."""
    return tuple(
        Effect(
            link.control_id,
            data[_name("probability", link)],
            data[_name("impact", link)],
            data.get(_name("answer", link), ""),
        )
        for link in links
    )


def _read(form: forms.BaseForm, name: str) -> int:
    field, value = form.fields[name], str(form[name].value())
    known = {str(step): step for step in range(MOST_STEPS + 1)}
    return known.get(value, int(field.initial))


def lowered_steps() -> list[tuple[int, str]]:
    lowered = [
        (steps, ngettext("%(count)d step lower", "%(count)d steps lower", steps) % {"count": steps})
        for steps in range(1, MOST_STEPS + 1)
    ]
    return [(0, pgettext("score", "unchanged")), *lowered]


def _name(what: str, link: RiskControl) -> str:
    """`probability_by_12`, `answer_12`."""
    return f"{what}_{link.control_id}" if what == "answer" else f"{what}_by_{link.control_id}"
