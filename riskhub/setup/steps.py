"""The steps of the set-up, and how far the company has come. Each may be passed over and come back to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from riskhub.company.preferences import preference

KEY = "setup_steps"
DONE, SKIPPED = "done", "skipped"


@dataclass(frozen=True)
class Step:
    key: str
    name: StrOrPromise

    @property
    def url(self) -> str:
        return reverse(f"setup:setup_{self.key}")


STEPS = (
    Step("company", _("Company and departments")),
    Step("people", _("People")),
    Step("scope", _("Services and size")),
    Step("matrix", _("Risk matrix")),
    Step("library", _("Starter library")),
    Step("done", _("Your register")),
)


@dataclass(frozen=True)
class Progress:
    """`states`: {step: done or skipped}."""

    states: Mapping[str, str]
    steps = STEPS

    @classmethod
    def stored(cls) -> "Progress":
        return cls(preference(KEY))

    @property
    def next(self) -> Step:
        """The first that is open; the last one where none is."""
        return next((step for step in self.steps if step.key not in self.states), self.steps[-1])

    @property
    def number(self) -> int:
        return self.steps.index(self.next) + 1

    @property
    def is_over(self) -> bool:
        return self.steps[-1].key in self.states

    def shown(self, key: str) -> list[dict[str, Any]]:
        """For `setup/setup_base.html`: each step, and where this page stands."""
        words = {DONE: "", SKIPPED: _("skipped")}
        return [
            {
                "name": f"{number} {step.name}",
                "fact": words.get(self.states.get(step.key, ""), ""),
                "place": "now" if step.key == key else self.states.get(step.key, ""),
                "url": step.url if self._may_open(step) else "",
            }
            for number, step in enumerate(self.steps, start=1)
        ]

    def _may_open(self, step: Step) -> bool:
        return self.steps.index(step) <= self.steps.index(self.next)


def before(key: str) -> Step | None:
    place = place_of(key)
    return STEPS[place - 1] if place else None


def after(key: str) -> Step:
    return STEPS[min(place_of(key) + 1, len(STEPS) - 1)]


def place_of(key: str, steps: Iterable[Step] = STEPS) -> int:
    return [step.key for step in steps].index(key)
