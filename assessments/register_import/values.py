"""Reads single cells of a register: numbers, words of scales, whether a text is a risk's name."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from statistics import median

from riskhub.imports.sheets import Cell, text_of

NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
PERCENT = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s*%")
CODE = re.compile(r"[a-z]{0,5}[-_.#/ ]?\d+(?:[-_./]\d+)*\.?", re.IGNORECASE)
HANZI = re.compile(r"[\u3400-\u9fff]")
HUNDRED = 100
NO_SCORE = frozenset(
    {"", "-", "--", "–", "—", "/", "\\", "n/a", "na", "n.a.", "tbd", "tbc", "tba", "?", "待定",
     "未评估", "不适用", "待评估", "未定", "not rated", "not assessed", "未评级"}
)  # fmt: skip

# The words that scales use. What a word is worth is only ever suggested, see `scales`.
WORD_SCORES: dict[str, dict[str, int]] = {
    "both": {
        "very low": 1, "low": 2, "medium": 3, "moderate": 3, "high": 4, "very high": 5,
        "l": 2, "m": 3, "h": 4, "vl": 1, "vh": 5, "med": 3, "lo": 2, "hi": 4, "extreme": 5,
        "critical": 5, "low medium": 2, "medium high": 4, "low to medium": 2, "medium to high": 4,
        "medium low": 2, "high medium": 4, "extremely high": 5, "extremely low": 1, "minimal": 1,
        "average": 3, "normal": 3, "none": 1, "insignificant": 1, "negligible": 1, "significant": 4,
        "低": 2, "中": 3, "高": 4, "很低": 1, "较低": 2, "比较低": 2, "中等": 3, "一般": 3, "较高": 4,
        "比较高": 4, "很高": 5, "极高": 5, "极低": 1, "非常高": 5, "非常低": 1, "中低": 2, "中高": 4,
        "red": 4, "amber": 3, "yellow": 3, "orange": 4, "green": 2, "红": 5, "橙": 4, "黄": 3, "蓝": 2,

        "低风险": 2, "中风险": 3, "高风险": 4, "大": 4, "小": 2, "较大": 4, "较小": 2, "很大": 5,
        "很小": 1, "极大": 5, "极小": 1, "偏高": 4, "偏低": 2, "适中": 3, "中度": 3, "高度": 4, "低度": 2,
    },
    "probability": {
        "rare": 1, "remote": 1, "improbable": 1, "unlikely": 2, "very unlikely": 1, "possible": 3,
        "occasional": 3, "likely": 4, "probable": 4, "very likely": 5, "certain": 5, "highly likely": 5,
        "almost certain": 5, "frequent": 5, "seldom": 2, "almost never": 1, "highly unlikely": 1,
        "even": 3, "often": 4, "always": 5, "never": 1, "sometimes": 3, "infrequent": 2, "expected": 5,
        "imminent": 5, "near certain": 5, "almost impossible": 1, "extremely unlikely": 1, "definite": 5,
        "罕见": 1, "极少": 1, "几乎不可能": 1, "不太可能": 2, "不可能": 1, "可能": 3, "很可能": 4,
        "几乎必然": 5, "必然": 5, "几乎确定": 5, "几乎肯定": 5, "肯定": 5, "偶尔": 3, "偶然": 3, "经常": 4,
        "频繁": 5, "极少发生": 1, "很少": 2, "较少": 2, "极有可能": 5, "有可能": 3, "大概率": 4,
        "小概率": 2, "基本不可能": 1, "极不可能": 1, "较可能": 4, "比较可能": 4, "非常可能": 5, "少见": 2,
    },
    "impact": {
        "minor": 2, "small": 2, "marginal": 2, "serious": 4, "major": 4, "severe": 5, "large": 4,
        "catastrophic": 5, "considerable": 3, "tolerable": 2, "disastrous": 5, "fatal": 5, "trivial": 1,
        "substantial": 4, "intolerable": 5, "acceptable": 2, "great": 4, "huge": 5, "slight": 1, "mild": 2,
        "very serious": 5, "very minor": 1, "devastating": 5, "material": 4,
        "轻微": 2, "较轻": 2, "轻度": 2, "微小": 1, "可忽略": 1, "可忽略不计": 1, "重大": 4, "严重": 4,
        "较重": 4, "非常严重": 5, "特别严重": 5, "灾难性": 5, "灾难": 5, "极严重": 5, "极其严重": 5,
        "致命": 5, "特别重大": 5, "轻": 2, "重": 4, "不严重": 1, "较严重": 4, "比较严重": 4, "关键": 5,
        "灾难性的": 5, "重要": 4, "无影响": 1, "极轻微": 1, "很严重": 5, "显著": 4, "可容忍": 2,
    },
}  # fmt: skip
ALL_WORDS = frozenset().union(*WORD_SCORES.values())
# A step with its name, "4 - Likely" or "可能 (3)": the number is a suggestion as good as the word.
NUMBERED = re.compile(r"\(?([1-5])\)?[\s\-–—:：=.、]*[^\d\s.,%].*|.*[^\d\s.,(（][\s(（]+([1-5])\)?")
FIRST_WORD = re.compile(r"[a-z]+|[\u3400-\u9fff]+")
SHORT = 12
LONGEST_KEPT = 40
MOSTLY = 0.6
RARELY = 0.2


def value_key(cell: Cell) -> str:
    """One spelling per value: "High ", "HIGH" and "high" are one; so are 3, 3.0 and "3"."""
    text = text_of(cell)
    return _short_key(text) if len(text) <= LONGEST_KEPT else _key(text)


def _key(text: str) -> str:
    key = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if key in NO_SCORE:
        return ""
    if NUMBER.fullmatch(key):
        return f"{float(key.replace(',', '.')):.12g}"
    return key


# A column of scores says the same few words thousands of times.
_short_key = lru_cache(maxsize=8192)(_key)


def number_of(cell: Cell) -> float | None:
    """The number in a cell; 40% is 0.4. None for anything else."""
    if isinstance(cell, bool):
        return None
    text = value_key(cell)
    if NUMBER.fullmatch(text):
        return float(text)
    if found := PERCENT.fullmatch(text):
        return float(found[1].replace(",", ".")) / HUNDRED
    return None


def word_score(axis: str, cell: Cell) -> int | None:
    """What a word of a scale is commonly worth, as a suggestion."""
    key = value_key(cell).replace("-", " ").replace("_", " ")
    if numbered := NUMBERED.fullmatch(value_key(cell)):
        return int(numbered[1] or numbered[2])
    return WORD_SCORES[axis].get(key) or WORD_SCORES["both"].get(key)


def is_scale_word(cell: Cell) -> bool:
    """True for a word of a scale, alone, numbered ("4 - Likely") or with more text after it."""
    key = value_key(cell).replace("-", " ")
    words = FIRST_WORD.findall(key)
    return key in ALL_WORDS or bool(
        words and (words[0] in ALL_WORDS or " ".join(words) in ALL_WORDS)
    )


def look(cells: Sequence[Cell]) -> str:
    """How the values of a column look: scores, text, unclear, or empty."""
    filled = [cell for cell in cells if value_key(cell)]
    if not filled:
        return "empty"
    scores = sum(number_of(cell) is not None or is_scale_word(cell) for cell in filled) / len(
        filled
    )
    if scores >= MOSTLY:
        return "scores"
    if median(text_length(text_of(cell)) for cell in filled) > SHORT:
        return "text"
    return "text" if scores < RARELY and is_varied(filled) else "unclear"


def is_varied(cells: Sequence[Cell]) -> bool:
    """Nearly every value differs, as texts do and words of a scale do not."""
    return len(cells) > 3 and len({value_key(cell) for cell in cells}) > MOSTLY * len(cells)  # noqa: PLR2004


def text_length(text: str) -> int:
    """A Chinese character says about as much as two Latin letters."""
    return len(text) + len(HANZI.findall(text))


def names_a_risk(cell: Cell) -> bool:
    """True for a text that can stand as the name of a risk: no number, code, date or scale word."""
    if not isinstance(cell, str):
        return False
    key = value_key(cell)
    letters = sum(character.isalpha() for character in key)
    return letters > 1 and not CODE.fullmatch(key) and key not in ALL_WORDS


def share_of_names(cells: Iterable[Cell]) -> float | None:
    """The share of the filled cells that can name a risk; None when all are empty."""
    filled = [cell for cell in cells if cell is not None]
    return sum(map(names_a_risk, filled)) / len(filled) if filled else None
