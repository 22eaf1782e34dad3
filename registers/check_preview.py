"""What the numbers typed so far mean: the share with its interval, and the result that the rule proposes."""

from collections.abc import Mapping
from dataclasses import dataclass

from registers.choices import Effectiveness
from registers.effectiveness import Rule, proposed_result
from registers.models.control import MOST_SAMPLED


@dataclass(frozen=True)
class Preview:
    sample: int
    exceptions: int
    result: Effectiveness


def preview_of(values: Mapping[str, object], rule: Rule) -> Preview | None:
    """From raw values named like the fields of the form; None while they mean nothing yet."""
    sample, exceptions = (_number(values.get(name)) for name in ("sample_size", "exceptions"))
    design = values.get("design_ok")
    if sample is None or exceptions is None or exceptions > sample or design not in ("yes", "no"):
        return None
    result = proposed_result(sample, exceptions, design_ok=design == "yes", rule=rule)
    return Preview(sample, exceptions, result)


def _number(value: object) -> int | None:
    text = str(value)
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(MOST_SAMPLED)):
        return None
    return int(text) if int(text) <= MOST_SAMPLED else None
