from datetime import timedelta

import pytest
from django.utils import timezone

from incidents.services.activations import end_activation
from riskhub.web.offline import owner_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def step(run):
    return run.steps.first()


def tick(client, step, **values):
    return client.post(f"/m/response/steps/{step.pk}", values)


def test_done_and_taken_back(sign_in, step, staff_cleaning):
    client = sign_in(staff_cleaning)
    assert tick(client, step).status_code == 302
    step.refresh_from_db()
    assert step.done_by == staff_cleaning
    tick(client, step, undone="on")
    step.refresh_from_db()
    assert step.done_at is None


def test_with_the_moment_of_the_phone(sign_in, step, staff_cleaning, time_machine):
    tapped = step.activation.started_at + timedelta(minutes=5, seconds=1)
    time_machine.move_to(timezone.now() + timedelta(hours=1))
    tick(sign_in(staff_cleaning), step, at=tapped.isoformat(timespec="milliseconds"))
    step.refresh_from_db()
    assert step.took == 5


@pytest.mark.parametrize("at", ["yesterday", "2020-01-02T03:04:05+00:00"])
def test_a_moment_that_cannot_be_is_refused(sign_in, step, staff_cleaning, at):
    assert tick(sign_in(staff_cleaning), step, at=at).status_code == 409


def test_ended_in_between_it_is_told(sign_in, step, staff_cleaning, risk_manager):
    end_activation(step.activation, by=risk_manager, summary="误报")
    assert tick(sign_in(staff_cleaning), step).status_code == 409


def test_who_may_not(sign_in, step, auditor, head_repair):
    codes = [tick(sign_in(user), step).status_code for user in (auditor, head_repair)]
    assert codes == [403, 404]


def test_a_tick_that_waited_on_a_phone_keeps_its_moment(
    sign_in, step, staff_cleaning, time_machine
):
    """As a difference: the clock of the phone may be wrong."""
    time_machine.move_to(step.activation.started_at + timedelta(hours=1), tick=False)
    answer = tick(sign_in(staff_cleaning), step, waited="3000", owner=owner_of(staff_cleaning))
    step.refresh_from_db()
    assert (answer.status_code, step.took) == (302, 10)


def test_it_is_not_sent_as_somebody_elses(sign_in, step, staff_cleaning, risk_manager):
    answer = tick(sign_in(risk_manager), step, waited="3000", owner=owner_of(staff_cleaning))
    step.refresh_from_db()
    assert (answer.status_code, step.done_at) == (409, None)
    assert "别人" in answer.text
