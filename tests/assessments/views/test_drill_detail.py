import pytest

from assessments.models import Drill
from assessments.services import miss_drill
from tests.contingency import content, days, drill, make_contingency, put_on
from tests.registers.pages import main_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(risk_manager, ops):
    return make_contingency(ops, by=risk_manager)


def test_steps_against_their_time_and_gaps(plan, sign_in, risk_manager):
    held = drill(plan, "fail", by=risk_manager, took={1: 2, 2: 45}, note="乱")
    said = main_of(sign_in(risk_manager).get(f"/drills/{held.pk}/"))
    for words in ("Call 120", "45 min, too late", "电话没人接", "乱", "Failed"):
        assert words in said


@pytest.mark.parametrize(
    ("took", "words"), [(30, "Nothing was missing."), (None, "No gap was written down.")]
)
def test_without_gaps_it_says_whether_something_was_missed(
    plan, sign_in, risk_manager, took, words
):
    held = drill(plan, by=risk_manager, took={1: 2, 2: took})
    assert words in main_of(sign_in(risk_manager).get(f"/drills/{held.pk}/"))


def test_a_target_that_was_not_reached_says_so_as_a_step_does(ops, sign_in, risk_manager):
    timed = content(ops, target_zh="工人停止作业", target_en="Work stopped", target_minutes=60)
    plan = make_contingency(ops, by=risk_manager, said=timed)
    held = drill(plan, "fail", by=risk_manager, took={1: 2, 2: None}, target_took=None)
    said = main_of(sign_in(risk_manager).get(f"/drills/{held.pk}/"))
    assert said.count("not done") == 2
    assert "never" not in said


def test_a_scheduled_one_and_what_to_do(plan, sign_in, risk_manager, auditor):
    waiting = Drill.objects.get()
    page = sign_in(risk_manager).get(waiting.get_absolute_url()).content.decode()
    assert f"/drills/{waiting.pk}/record/" in page
    page = sign_in(auditor).get(waiting.get_absolute_url()).content.decode()
    assert f"/drills/{waiting.pk}/record/" not in page
    miss_drill(waiting, by=risk_manager, reason="台风", next_on=days(5))
    page = sign_in(risk_manager).get(waiting.get_absolute_url()).content.decode()
    assert "台风" in page
    assert f"/drills/{waiting.pk}/missed/" not in page


@pytest.mark.parametrize(("ahead", "look"), [(15, "btn-quiet"), (14, "btn-primary")])
def test_near_its_day_it_is_the_first_thing_to_do(plan, sign_in, risk_manager, ahead, look):
    waiting = Drill.objects.get()
    put_on(waiting, days(ahead))
    client = sign_in(risk_manager)
    link = f'{look}" href="/drills/{waiting.pk}/record/"'
    assert link in client.get(waiting.get_absolute_url()).content.decode()
    page = client.get(plan.get_absolute_url()).content.decode()
    assert (link in page) == (ahead == 14)


@pytest.mark.parametrize(("ahead", "words"), [(0, "Choose another day"), (-1, "It was not held")])
def test_what_is_past_was_not_held(plan, sign_in, risk_manager, ahead, words):
    waiting = Drill.objects.get()
    put_on(waiting, days(ahead))
    assert words in main_of(sign_in(risk_manager).get(waiting.get_absolute_url()))


def test_elsewhere_and_missing_are_the_same(plan, sign_in, staff_repair):
    client = sign_in(staff_repair)
    for key in (Drill.objects.get().pk, 987654):
        assert client.get(f"/drills/{key}/").status_code == 404


def test_wrong_method(plan, sign_in, risk_manager):
    assert sign_in(risk_manager).post(Drill.objects.get().get_absolute_url()).status_code == 405
