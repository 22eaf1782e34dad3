"""Money of a plan is kept in yuan, whatever unit it was typed in: nothing changes its value unsaid."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_TIMES = {
    1: ("", "元", "圆", "块", "人民币", "rmb", "cny", "¥", "￥", "yuan"),
    1_000: ("千", "千元"),
    10_000: ("万", "万元", "万人民币", "萬元"),
    100_000_000: ("亿", "亿元"),
}
_IN_YUAN = {unit: times for times, units in _TIMES.items() for unit in units}
MOST = Decimal(10) ** 10
"""As many yuan as the column of a resource has room for, and more than anybody asks for."""


def in_yuan(amount: Decimal, unit: str) -> Decimal:
    """3 万元 are 30,000. Raises ValidationError for a unit that is none of money, and for too much."""
    times = _IN_YUAN.get("".join(unit.split()).casefold())
    if times is None:
        said = _(
            "Money is kept in yuan: write 元 or 万元 as the unit, or nothing. “%(unit)s” belongs to what "
            "it is for, as in “training, per year”."
        )
        raise ValidationError({"unit": said % {"unit": unit}})
    if amount * times >= MOST:
        raise ValidationError({"amount": _("This is too much: fewer than ten billion yuan.")})
    return amount * times
