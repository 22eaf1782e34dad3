"""The real registers of ../shared/data, and what must come out of each."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3].parent / "shared/data"
LEVELS = {"High": 4, "Medium": 3, "Low": 2}
TENTHS = {"bands": [2, 4, 6, 8], "range": [0, 10]}
NHS_IMPACT = {"Minor": 1, "Significant": 2, "Considerable": 3, "Major": 4, "Catastrophic": 5}


@dataclass(frozen=True)
class Expected:
    """`scales` are what a person answers; `created` counts the rows with these answers."""

    register: str
    file: str
    sheet: str | None
    header_row: int
    created: int
    scales: dict = field(default_factory=dict)
    errors: tuple[int, ...] = ()
    ignored: int = 0
    truth: str = ""
    undecided_without: int = 0

    @property
    def path(self):
        return DATA / "registers" / self.register / self.file

    @property
    def expected_rows(self):
        path = DATA / "truth/registers_expected" / f"{self.register}.json"
        return json.loads(path.read_text("utf-8"))


REGISTERS = [
    Expected("en_fit3140_1to5", "Risk Log.xlsx", "Risks", 1, 6),
    Expected("en_govan_text_only", "RiskRegister.csv", None, 1, 41),
    Expected(
        "en_hashim_hml", "Risk Register.xlsx", "Risk Register", 1, 4,
        scales={"probability": LEVELS, "impact": LEVELS}, errors=(3,), undecided_without=5,
    ),
    Expected("en_ift542_inherent_residual", "risk_register.csv", None, 1, 11),
    Expected(
        "en_itm_fieldwork_0to10", "RiskRegister.xlsx", "Arkusz1", 6, 18,
        scales={"probability": TENTHS, "impact": TENTHS}, ignored=8, undecided_without=18,
    ),
    Expected(
        "en_nhs_ukcore_hazard_log", "hazard_log.csv", None, 1, 9,
        scales={
            "probability": {"Very Low": 1, "Low": 2, "Medium": 3, "High": 4, "Very High": 5},
            "impact": NHS_IMPACT,
        },
        undecided_without=9,
    ),
    Expected(
        "en_pysharedata_4x4", "Risk Register.xlsx", "Risks List", 1, 14,
        scales={
            "probability": {"REMOTE": 1, "POSSIBLE": 3, "LIKELY": 4, "CERTAIN": 5},
            "impact": {"LOW": 2, "MEDIUM": 3, "HIGH": 4, "CRITICAL": 5},
        },
        undecided_without=14,
    ),
    Expected(
        "en_teamawesome_prob_hml", "Risk Register.xlsx", "Risk Register", 3, 70,
        scales={"probability": {"bands": [0.05, 0.2, 0.4, 0.7], "range": [0, 1]}, "impact": LEVELS},
        undecided_without=70,
    ),
    Expected("en_uwa_tikasathi_5x5", "Risk Register.xlsx", "Risk Register", 19, 23, ignored=2),
    Expected("zh_xym_5x5_template", "风险列表.xlsx", "风险列表", 4, 1, ignored=40),
    Expected(
        "zh_yydwjj_hml", "风险登记册.xlsx", "Sheet1", 1, 5,
        scales={"probability": {"高": 4, "中": 3, "低": 2}, "impact": {"严重": 4, "中等": 3}},
        undecided_without=5,
    ),
]  # fmt: skip

REFUSED = [
    (
        "zh_greyzeng_template", "风险登记册.xlsx",
        ("Sheet “风险登记册”, row 3, column B: the column “风险说明书” has no risk below it: "
         "the table is empty. Fill in the rows, then import it again."),
    ),
    (
        "zh_greyzeng_template", "概率影响矩阵.xlsx",
        ("Sheet “概率影响矩阵”, row 1, column A: no row here names the columns of a risk register, such as "
         "“Risk” or “风险描述”. Put the column names into one row above the risks."),
    ),
    (
        "zh_markdown_tables", "im_system.md",
        "This is a Markdown text, not a table file. Copy its table into a sheet, save it as .xlsx.",
    ),
    (
        "zh_markdown_tables", "prd_dataroom.md",
        "This is a Markdown text, not a table file. Copy its table into a sheet, save it as .xlsx.",
    ),
    (
        "en_teamawesome_prob_hml", "Risk Matrix.xlsx",
        ("Sheet “Risk Matrix”, row 1, column A: the column “Risk Factors” holds only codes or numbers, "
         "no names of risks. Set columns.title in the mapping to the column with the names."),
    ),
]  # fmt: skip


def need_shared_data():
    """Skips where the data are absent; in CI their absence is a failure."""
    if not DATA.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"The shared data are missing: {DATA}")
        pytest.skip(f"The shared data are not here: {DATA}")
