from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from incidents.records.moments import DAY_FIRST, MONTH_FIRST, is_in_doubt, moment_in, order_in

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("2019-04-25 09:32:09", "2019-04-25T09:32:09+08:00"),
        ("2019/4/5 9:32", "2019-04-05T09:32:00+08:00"),
        ("2019年4月5日 9时32分", "2019-04-05T09:32:00+08:00"),
        ("2019-04-25", "2019-04-25T00:00:00+08:00"),
        ("2019-04-25T09:32:09.123Z", "2019-04-25T09:32:09+00:00"),
        ("2019-04-25T09:32:09-05:30", "2019-04-25T09:32:09-05:30"),
        (date(2019, 4, 25), "2019-04-25T00:00:00+08:00"),
        (
            datetime(2019, 4, 25, 9, 32),  # noqa: DTZ001 - as a workbook has it
            "2019-04-25T09:32:00+08:00",
        ),
        (datetime(2019, 4, 25, 9, 32, tzinfo=UTC), "2019-04-25T09:32:00+00:00"),
    ],
)
def test_a_moment_as_files_write_it(cell, found):
    assert moment_in(cell, ZONE).isoformat() == found


@pytest.mark.parametrize(
    "cell", ["", "昨天", "2019-13-01", "2019-02-30 10:00", "2019-02-03 25:00", 43580, True]
)
def test_what_is_no_moment(cell):
    assert moment_in(cell, ZONE) is None


def test_day_or_month_first_is_told_and_not_guessed():
    assert moment_in("3/4/2016 01:16", ZONE) is None
    assert moment_in("3/4/2016 01:16", ZONE, DAY_FIRST).isoformat() == "2016-04-03T01:16:00+08:00"
    assert moment_in("3/4/2016 01:16", ZONE, MONTH_FIRST).isoformat() == "2016-03-04T01:16:00+08:00"
    assert moment_in("31/4/2016", ZONE, DAY_FIRST) is None
    assert [is_in_doubt(one) for one in ("3/4/2016", "2016-04-03", 3, None)] == [
        True,
        False,
        False,
        False,
    ]


def test_all_cells_together_tell_the_order():
    assert order_in(["3/4/2016", "29/2/2016 01:16", None]) == DAY_FIRST
    assert order_in(["3/4/2016", "2/29/2016"]) == MONTH_FIRST
    assert order_in(["3/4/2016"]) == ""
    assert order_in(["13/4/2016", "4/13/2016"]) == ""
