"""A file comes through the same cleaning, and a day that cannot be meant is told in its row."""

from datetime import date

from django.utils import timezone

from assessments.services.imports import import_now, upload_register
from registers.models import Risk
from tests.assessments.services.imports.test_preview import look
from tests.riskhub.imports.made_files import csv_text

NAMES = ["编号", "风险名称", "可能性（1–5）", "影响（1–5）", "识别日期"]
ROWS = [
    NAMES,
    ["1", "漏\u200b水\u202e", "2", "2", "2025-03-01"],
    ["2", "坠落", "1", "2", "2999-01-01"],
    ["3", "烫伤", "1", "2", "1023-01-01"],
    ["4", "\u200b", "1", "2", "2025-03-01"],
    ["5", "走失", "1", "2", ""],
]
ANSWERS = {"scales": {"probability": "ours", "impact": "ours"}}


def test_what_the_dry_run_says(register, risk_manager):
    rows = {row.row: row for row in look(ROWS, by=risk_manager).plan.rows}
    assert rows[2].title == "漏水"
    assert "cannot be the day" not in rows[2].message
    for row, text in ((3, "2999-01-01"), (4, "1023-01-01")):
        assert f"“{text}” cannot be the day it was found: today counts." in rows[row].message
        assert rows[row].file["identified_on"] == text
    assert (rows[5].title, rows[5].outcome) == ("", "error")
    assert "cannot be the day" not in rows[6].message


def test_what_is_kept(register, risk_manager):
    """The day of the file stays readable on the risk."""
    run = upload_register(
        csv_text(ROWS).encode(), by=risk_manager, filename="a.csv", register_code="SVC"
    )
    import_now(run, by=risk_manager)
    found = {risk.title: risk for risk in Risk.objects.all()}
    assert sorted(found) == sorted(["漏水", "坠落", "烫伤", "走失"])
    assert found["漏水"].reported_on == date(2025, 3, 1)
    assert found["坠落"].reported_on == timezone.localdate()
    assert found["坠落"].origins.get().said["Found on, in the file"] == "2999-01-01"
