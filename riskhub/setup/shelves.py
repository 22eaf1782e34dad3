"""What the steps of the set-up show: the matrices to choose from, the library by area, the first risks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.models import Assessment
from assessments.schemes.presets import money_bands, presets
from assessments.schemes.scales import scales_in_force
from registers.models import LibraryRisk, Register, Risk, RiskArea, ServiceLine
from riskhub.accounts.models import User
from riskhub.reports.charts.grid import PHONE
from riskhub.reports.charts.heat_map import heat_map

MOST_FIRST = 5


@dataclass(frozen=True)
class Pictured:
    code: str
    name: str
    picture: SafeString


@dataclass(frozen=True)
class MatrixShown:
    """`losses`: (name of the score, what one loss costs), the worst first."""

    chosen: str
    pictures: Sequence[Pictured]
    losses: Sequence[tuple[str, str]]
    is_in_use: bool


@dataclass(frozen=True)
class Shelves:
    """`areas`: (name, [entry]); `fitting`: the codes of those for the services of the company."""

    areas: Sequence[tuple[str, Sequence[LibraryRisk]]]
    fitting: Sequence[str]


@dataclass(frozen=True)
class FirstRisks:
    """`register` is the one to print; `risks` are those to assess first, `unrated` how many wait for that."""

    register: Register | None
    count: int
    unrated: int
    risks: Sequence[Risk]


def matrix_shown(revenue: int) -> MatrixShown:
    scales = scales_in_force()
    current = {place: int(level) for place, level in scales.grid.levels.items()}
    found = presets().values()
    chosen = next((one.code for one in found if one.cells == current), "")
    pictures = [
        Pictured(
            one.code, one.name,
            heat_map(replace(scales.matrix, cells=one.cells), {}, title=one.name, layout=PHONE),
        )
        for one in found
    ]  # fmt: skip
    begins = money_bands(revenue)
    amounts = [_("below %(amount)s") % {"amount": f"{begins[0]:,}"}]
    amounts += [_("from %(amount)s") % {"amount": f"{begin:,}"} for begin in begins]
    losses = list(zip([band.name for band in scales.impact], amounts, strict=True))[::-1]
    return MatrixShown(chosen, pictures, losses, Assessment.objects.exists())


def shelves() -> Shelves:
    """In the order of the taxonomy: what concerns people's safety comes first."""
    areas = {area.code: area.name for area in RiskArea.objects.all()}
    places = {code: place for place, code in enumerate(areas)}
    entries = sorted(
        LibraryRisk.objects.all(), key=lambda one: (places.get(one.area, len(places)), one.order)
    )
    lines = set(ServiceLine.objects.filter(is_active=True).values_list("code", flat=True))
    fitting = [one.code for one in entries if lines & set(one.body["service_lines"])]
    grouped = groupby(entries, key=lambda one: one.area)
    return Shelves([(areas.get(code, code), list(group)) for code, group in grouped], fitting)


def first_risks(user: User) -> FirstRisks:
    """Of the newest register: the most important ones that nobody has assessed."""
    register = Register.objects.active().order_by("-pk").first()
    risks = Risk.objects.visible_to(user).open()
    if register:
        risks = risks.filter(register=register)
    unrated = risks.filter(residual_level=None, assessments=None)
    first = unrated.select_related("owner_department").order_by("-business_importance", "number")
    return FirstRisks(register, risks.count(), unrated.count(), list(first[:MOST_FIRST]))
