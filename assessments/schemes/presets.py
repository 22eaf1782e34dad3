"""The matrices that ship, to begin with: which level each cell has, and what the scores of impact cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assessments.matrix import SCORES
from registers.choices import LEVEL_RANKS
from riskhub.accounts.bilingual import in_language

SHARE_OF_REVENUE = 0.0125
"""What the worst score of impact costs at least, of a year's revenue."""
STEP = 5
IMPROVED_PRODUCT = "classic_product_15"
"""The classic product with 15 as the limit of Critical, so that 4x4 is Critical: offered, not shipped."""
LEAST, MOST = 100_000, 100_000_000_000
"""Revenues for which the scale still tells small from large."""


@dataclass(frozen=True)
class Preset:
    code: str
    name_zh: str
    name_en: str
    cells: dict[tuple[int, int], int]
    """{(probability, impact): level rank}."""
    floors: list[dict[str, Any]]

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)


@cache
def shipped_matrix() -> dict[str, Any]:
    text = (files("assessments") / "library" / "matrix.yaml").read_text("utf-8")
    return yaml.safe_load(text)  # type: ignore[no-any-return]


@cache
def shipped_contingency_plans() -> list[dict[str, Any]]:
    text = (files("assessments") / "library" / "contingency_plans.yaml").read_text("utf-8")
    return yaml.safe_load(text)["plans"]  # type: ignore[no-any-return]


def presets() -> dict[str, Preset]:
    """By code, the recommended one first."""
    return {entry["code"]: _preset(entry) for entry in shipped_matrix()["presets"]}


def preset(code: str) -> Preset:
    """One that ships, or the improved product; raises KeyError for any other."""
    if code != IMPROVED_PRODUCT:
        return presets()[code]
    classic = presets()["classic_product"]
    cells = {(p, i): sum(p * i >= limit for limit in (5, 10, 15)) for p in SCORES for i in SCORES}
    return Preset(code, f"{classic.name_zh}（15）", f"{classic.name_en} (15)", cells, [])


def money_bands(revenue: int) -> list[int]:
    """From which loss on the scores 2 to 5 begin: the worst near 1.25 % of a year's revenue."""
    top = _round(revenue * SHARE_OF_REVENUE)
    return [_whole(top / STEP**below) for below in (3, 2, 1, 0)]


def _preset(entry: dict[str, Any]) -> Preset:
    by_sum = "thresholds_sum" in entry
    limits = entry["thresholds_sum" if by_sum else "thresholds_product"]
    cells = {
        (p, i): sum((p + i if by_sum else p * i) >= limit for limit in limits)
        for p in SCORES
        for i in SCORES
    }
    for probability, impact, word in entry["floors"]:
        place = (probability, impact)
        cells[place] = max(cells[place], LEVEL_RANKS[word])
    return Preset(
        entry["code"], entry["name"]["zh"], entry["name"]["en"], cells, _declared(entry["floors"])
    )


def _declared(floors: Iterable[list[Any]]) -> list[dict[str, Any]]:
    """Why a cell stands above its band, as the standard matrix says it."""
    places = [[probability, impact] for probability, impact, _word in floors]
    return [one for one in shipped_matrix()["declared_floors"] if one["cell"] in places]


def _round(amount: float) -> int:
    """To 1, 2.5 or 5 and zeros, whichever is nearest by ratio."""
    power = 10 ** (len(str(int(amount))) - 1)
    steps = [power, power * 5 // 2, 5 * power, 10 * power]
    nearest: int = min(steps, key=lambda step: max(step / amount, amount / step))
    return nearest


def _whole(amount: float) -> int:
    return max(1, round(amount))
