"""How the share of exceptions went from check to check, with its interval, as a small picture."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registers.effectiveness import Share
from registers.models import ControlCheck
from riskhub.entry.day_words import day

_WIDTH, _HEIGHT, _EDGE = 240, 48, 4
_FEWEST = 2


def check_trend(checks: Sequence[ControlCheck]) -> SafeString:
    """Of checks with a sample, oldest first; empty where there is nothing to compare yet."""
    sampled = [(check, share) for check in checks if (share := check.share)]
    if len(sampled) < _FEWEST:
        return SafeString("")
    (first, start), (last, end) = sampled[0], sampled[-1]
    name = _("Exceptions from %(first)s %(start)s to %(last)s %(end)s") % {
        "first": day(first.done_on), "start": percent(start.value),
        "last": day(last.done_on), "end": percent(end.value),
    }  # fmt: skip
    shares = [share for _check, share in sampled]
    top = max(share.high for share in shares)
    return format_html(
        '<svg class="rh-spark rh-trend-picture" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<path class="band" d="{}"/><path d="{}"/><circle cx="{}" cy="{}" r="3"/></svg>',
        _WIDTH, _HEIGHT, name, _band(shares, top), _line([share.value for share in shares], top),
        *_point(len(shares) - 1, len(shares), shares[-1].value / top),
    )  # fmt: skip


def percent(share: float) -> str:
    """15 %, or 5.6 % where it is no whole number; the same in both languages."""
    return f"{share * 100:.1f}".removesuffix(".0") + "%"


def _band(shares: Sequence[Share], top: float) -> str:
    above, count = _line([share.high for share in shares], top), len(shares)
    back = [_point(n, count, shares[n].low / top) for n in reversed(range(count))]
    return f"{above} {' '.join(f'L{x} {y}' for x, y in back)}Z"


def _line(values: Sequence[float], top: float) -> str:
    points = [_point(n, len(values), value / top) for n, value in enumerate(values)]
    return "M" + " L".join(f"{x} {y}" for x, y in points)


def _point(number: int, count: int, height: float) -> tuple[float, float]:
    """Checks to the right, exceptions upwards: `height` 1 is the top."""
    x = _EDGE + number * (_WIDTH - 2 * _EDGE) / (count - 1)
    y = _HEIGHT - _EDGE - height * (_HEIGHT - 2 * _EDGE)
    return round(x, 1), round(y, 1)
