from datetime import date, datetime

import pytest

from incidents.records.moments import month_in

MARCH = date(2026, 3, 1)
SPELT = ["2026-03", "2026/3", "202603", "2026年3月", "2026-03-31", 202603, date(2026, 3, 31)]


@pytest.mark.parametrize("cell", [*SPELT, datetime(2026, 3, 31, 9)])  # noqa: DTZ001 - as a workbook has it
def test_a_month_as_files_write_it(cell):
    assert month_in(cell) == MARCH


@pytest.mark.parametrize("cell", ["", "三月", "2026-13", "2026-00", "0000-03", 3, None])
def test_what_is_no_month(cell):
    assert month_in(cell) is None
