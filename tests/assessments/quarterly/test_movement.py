"""From the start to the end of a quarter: the parts add up, whatever was closed and opened again."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from assessments.quarterly.frame import Frame
from assessments.quarterly.movement import movement
from registers.models import Risk
from registers.services import close_risk, reopen_risk
from tests.builders import make_risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def make(register, risk_manager, frame):
    """A risk accepted before or in the quarter, closed on the days given and opened again between."""

    def made(accepted_at, *closings, is_open=True):
        risk = make_risk(register, by=risk_manager)
        Risk.objects.filter(pk=risk.pk).update(accepted_at=accepted_at)
        for number, closed_at in enumerate(closings, start=1):
            risk = close_risk(risk, by=risk_manager, reason="不再提供")
            Risk.objects.filter(pk=risk.pk).update(closed_at=closed_at)
            if is_open or number < len(closings):
                risk.refresh_from_db()
                risk = reopen_risk(risk, by=risk_manager, reason="又提供了")
        return risk

    return made


def parts(frame):
    """Seen now: what was made since the fixture looked at the clock counts, however long that took."""
    found = movement(replace(frame, as_of=timezone.now()))
    keys = ("open_at_start", "new", "reopened", "closed", "merged", "open_at_end")
    return tuple(found[key] for key in keys)


def adds_up(frame):
    start, new, reopened, closed, merged, end = parts(frame)
    return start + new + reopened - closed - merged == end


def test_closed_before_and_opened_again(make, frame):
    before = frame.start - timedelta(days=9)
    make(before - timedelta(days=1), before)
    assert parts(frame) == (0, 0, 1, 0, 0, 1)


def test_closed_and_opened_again_in_the_quarter_is_as_before(make, frame):
    make(frame.start - timedelta(days=9), frame.start + timedelta(milliseconds=1))
    assert parts(frame) == (1, 0, 0, 0, 0, 1)


def test_opened_again_and_closed_again(make, frame):
    before = frame.start - timedelta(days=9)
    make(before - timedelta(days=1), before, timezone.now(), is_open=False)
    assert parts(frame) == (0, 0, 1, 1, 0, 0)


def test_what_was_opened_again_after_the_quarter_was_closed_at_its_end(make, frame):
    last = Frame(frame.quarter.previous, frame.as_of, frame.zone)
    make(last.start - timedelta(days=9), last.start + timedelta(days=9))
    assert parts(last) == (1, 0, 0, 1, 0, 0)
    assert parts(frame) == (0, 0, 1, 0, 0, 1)


def test_every_history_adds_up(make, frame):
    """Accepted before or in the quarter, closed up to twice before or in it, open or closed now."""
    day = timedelta(days=1)
    accepted = (frame.start - 20 * day, frame.start + timedelta(milliseconds=1))
    closings = ((), (frame.start - 9 * day,), (frame.start + timedelta(milliseconds=2),))
    for at, first, second, is_open in product(accepted, closings, closings, (True, False)):
        days = [max(moment, at) for moment in (*first, *second)]
        make(at, *sorted(days), is_open=is_open)
    assert adds_up(frame)
    assert adds_up(Frame(frame.quarter.previous, frame.as_of, frame.zone))
    assert parts(frame)[-1] == Risk.objects.open().count()
