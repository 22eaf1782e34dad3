import pytest

from assessments.models import Drill
from assessments.services import miss_drill
from tests.contingency import drill, make_contingency
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


def test_a_scheduled_one_and_what_to_do(plan, sign_in, risk_manager, auditor):
    waiting = Drill.objects.get()
    page = sign_in(risk_manager).get(waiting.get_absolute_url()).content.decode()
    assert f"/drills/{waiting.pk}/record/" in page
    page = sign_in(auditor).get(waiting.get_absolute_url()).content.decode()
    assert f"/drills/{waiting.pk}/record/" not in page
    miss_drill(waiting, by=risk_manager, reason="台风")
    page = sign_in(risk_manager).get(waiting.get_absolute_url()).content.decode()
    assert "台风" in page
    assert f"/drills/{waiting.pk}/missed/" in page


def test_elsewhere_and_missing_are_the_same(plan, sign_in, staff_repair):
    client = sign_in(staff_repair)
    for key in (Drill.objects.get().pk, 987654):
        assert client.get(f"/drills/{key}/").status_code == 404


def test_wrong_method(plan, sign_in, risk_manager):
    assert sign_in(risk_manager).post(Drill.objects.get().get_absolute_url()).status_code == 405
