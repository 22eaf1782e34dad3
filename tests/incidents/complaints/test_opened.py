"""What a browser may follow, and for how long."""

from datetime import UTC, datetime, timedelta

from incidents.complaints.opened import OPEN_FOR, close_in, open_in, opened_in

NOW = datetime(2026, 9, 23, 2, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_it_is_open_for_two_hours_and_not_a_second_longer():
    session = {}
    open_in(session, "C-2026-0001", NOW)
    assert opened_in(session, NOW + OPEN_FOR) == "C-2026-0001"
    assert opened_in(session, NOW + OPEN_FOR + SECOND) == ""
    assert opened_in(session, NOW - SECOND) == ""


def test_another_one_takes_its_place_and_nothing_is_left_of_what_is_closed():
    session = {}
    open_in(session, "C-2026-0001", NOW)
    open_in(session, "C-2026-0002", NOW)
    assert opened_in(session, NOW) == "C-2026-0002"
    close_in(session)
    assert (session, opened_in(session, NOW)) == ({}, "")


def test_what_cannot_be_read_opens_nothing():
    assert [opened_in({"followed": token}, NOW) for token in ("", "C-2026-0001", "x" * 200)] == [
        "", "", "",
    ]  # fmt: skip


def test_the_number_cannot_be_read_in_the_session():
    session = {}
    open_in(session, "C-2026-0001", NOW)
    assert "C-2026" not in str(session)
