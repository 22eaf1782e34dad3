"""What contingency plans put on the home page and on /my/."""

import pytest

from assessments.contingency.cards import (
    drills_waiting,
    findings_side,
    gaps_waiting,
    my_drills,
    my_gaps,
)
from assessments.late import due_words
from assessments.models import Drill
from assessments.services import GapFound
from riskhub.audit.context import acting
from tests.builders import assess
from tests.contingency import days, drill, make_contingency

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


def test_gaps_that_bear_ones_name(plan, risk_manager, head_cleaning, sign_in):
    gaps = [GapFound(text="电话没人接", owner=head_cleaning, due_on=days(3))]
    assert (my_gaps(head_cleaning).count, gaps_waiting(head_cleaning)) == (0, None)
    drill(plan, "fail", by=risk_manager, gaps=gaps)
    section = gaps_waiting(head_cleaning)
    assert [row.name for row in section.rows] == ["电话没人接"]
    assert gaps_waiting(risk_manager) is None
    page = sign_in(head_cleaning).get(section.url)
    assert page.context["page"].count == section.count == 1


def test_drills_that_come_and_that_are_late(
    plan, risk_manager, head_cleaning, head_repair, sign_in
):
    assert drills_waiting(risk_manager) is None
    with acting(None, "test"):
        Drill.objects.update(scheduled_on=days(-2))
    for user in (risk_manager, head_cleaning):
        section = drills_waiting(user)
        assert (section.count, section.late) == (1, 1)
        assert section.rows[0].fact == due_words(days(-2))
        assert sign_in(user).get(section.url).context["page"].count == 1
    assert my_drills(head_repair).count == 0


def test_where_nothing_is_ready(risk, risk_manager, second_manager, sign_in):
    assert findings_side(risk_manager) is None
    assess(risk, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
    side = findings_side(risk_manager)
    assert [(one.key, one.count) for one in side.context["findings"]] == [("no_plan", 1)]


def test_on_the_pages_themselves(plan, risk, risk_manager, head_cleaning, second_manager, sign_in):
    with acting(None, "test"):
        Drill.objects.update(scheduled_on=days(-2))
    assess(risk, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
    for user, has_card in ((risk_manager, False), (head_cleaning, True)):
        home = sign_in(user).get("/").content.decode()
        assert "/contingency/gaps/?gap=no_plan" in home
        assert (f"/drills/{Drill.objects.get().pk}/record/" in home) == has_card
        assert "/drills/?view=soon" in sign_in(user).get("/my/").content.decode()
