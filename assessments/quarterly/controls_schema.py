"""What a snapshot holds of controls, their checks, and the risks that nothing keeps small."""

from typing import TypedDict


class ControlsPart(TypedDict):
    """What keeps risks small. `results`: effectiveness -> checks done in the quarter, each named.

    `in_use` is at the quarter's end, or at the freeze of a draft; `checked` is how many controls had a
    check in the quarter, `sample` and `exceptions` are the sums of those checks. The others are as of
    the freeze: `overdue` of `in_use_now`; of the `severe` open risks (High, Critical) those without a
    control in use, and those without one whose last check found it effective.
    """

    in_use: int
    checked: int
    results: dict[str, int]
    sample: int
    exceptions: int
    in_use_now: int
    overdue: int
    severe: int
    without_control: int
    without_effective: int
