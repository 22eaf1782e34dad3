"""The tables and bands of LEC in words."""

from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from assessments.lec import ATTENTION, IMMEDIATE, SIGNIFICANT, SLIGHT, STOP, Lec

LIKELIHOOD: dict[str, StrOrPromise] = {
    "10": _("to be expected"), "6": _("quite possible"), "3": _("possible, but unusual"),
    "1": _("unlikely, a complete surprise"), "0.5": _("very unlikely, yet imaginable"),
    "0.2": _("extremely unlikely"), "0.1": _("practically impossible"),
}  # fmt: skip
EXPOSURE: dict[str, StrOrPromise] = {
    "10": _("all the time"), "6": _("daily at work"), "3": _("weekly, or by chance"),
    "2": _("monthly"), "1": _("a few times a year"), "0.5": _("very rarely"),
}  # fmt: skip
CONSEQUENCE: dict[str, StrOrPromise] = {
    "100": _("many deaths"), "40": _("several deaths"), "15": _("one death"),
    "7": _("serious injury"), "3": _("disabling injury"), "1": _("first aid"),
}  # fmt: skip
_BANDS: dict[int, StrOrPromise] = {
    STOP: _("stop work"), IMMEDIATE: _("act at once"), SIGNIFICANT: _("significant"),
    ATTENTION: _("needs attention"), SLIGHT: _("slight"),
}  # fmt: skip


def band_words(lec: Lec) -> str:
    return str(_BANDS[lec.band])


def lec_words(lec: Lec) -> str:
    """As in: 3 x 6 x 15 = 270, act at once."""
    parts = " × ".join(map(plain, (lec.likelihood, lec.exposure, lec.consequence)))
    return gettext("%(sum)s, %(band)s") % {
        "sum": f"{parts} = {plain(lec.danger)}", "band": band_words(lec),
    }  # fmt: skip


def plain(number: Decimal) -> str:
    """Without zeros behind the point: 0.5, 10, 270."""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
