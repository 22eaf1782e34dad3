from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from assessments.models import ReassessmentTask
from assessments.services import waive_reassessment
from assessments.services.reassessment_reminders import derive_reminders
from registers.models import Risk
from riskhub.notices.models import Notice
from riskhub.work.models import Work
from riskhub.work.services import sweep_work
from tests.assessments.reassessing import ask_again
from tests.builders import assess, make_risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def owned(register, risk_manager, clean, head_cleaning):
    """R001 of the cleaning team, owned by its head."""
    return make_risk(
        register, by=risk_manager, department=clean, owner=head_cleaning, title_alt="Leak"
    )


def told(kind):
    found = Notice.objects.filter(kind=f"reassessment_{kind}")
    return sorted(found.values_list("user__username", flat=True))


def test_the_owner_hears_of_it_at_once_and_once(owned, risk_manager):
    ask_again(owned, "incident", 14, by=risk_manager)
    for _n in range(3):
        sweep_work()
    assert (told("asked"), told("soon"), told("late")) == (["head.cleaning"], [], [])
    notice = Notice.objects.get(kind="reassessment_asked")
    assert notice.url == "/risks/R001/"
    with override("en"):
        assert notice.title.startswith("R001 Leak is to be judged again by ")
        assert notice.title.endswith(": Incident")
    with override("zh-hans"):
        assert "事故" in notice.title


def test_three_days_before_and_the_day_after(owned, risk_manager, time_machine):
    task = ask_again(owned, "incident", 14, by=risk_manager)
    start = timezone.now()
    for days, expected in ((10, []), (11, ["head.cleaning"]), (14, ["head.cleaning"])):
        time_machine.move_to(start + timedelta(days=days))
        sweep_work()
        assert (days, told("soon"), told("late")) == (days, expected, [])
    time_machine.move_to(start + timedelta(days=15))
    sweep_work()
    assert told("late") == ["head.cleaning"]
    assert task.is_open


def test_after_a_week_those_who_answer_for_it_too(
    owned, risk_manager, head_cleaning, head_repair, auditor
):
    ask_again(owned, "incident", -7, by=risk_manager)
    sweep_work()
    assert told("late") == ["head.cleaning"]
    ask_again(owned, "change", -8, by=risk_manager)
    sweep_work()
    assert told("late") == ["head.cleaning", "head.cleaning", "risk.manager"]


@pytest.mark.parametrize("who", [None, "auditor", "gone", "staff"])
def test_without_an_owner_who_may_assess_those_who_answer_for_it(
    owned, risk_manager, head_cleaning, auditor, staff_cleaning, who
):
    owner = {None: None, "auditor": auditor}.get(who, staff_cleaning)
    Risk.objects.filter(pk=owned.pk).update(owner=owner)
    if who == "gone":
        staff_cleaning.is_active = False
        staff_cleaning.save()
    ask_again(owned, "incident", 14, by=risk_manager)
    sweep_work()
    assert told("asked") == ["head.cleaning", "risk.manager"]


def test_what_many_risks_are_asked_for_at_once_is_told_when_it_is_due(owned, risk_manager):
    ask_again(owned, "quick", 14, by=risk_manager)
    ask_again(owned, "scheme", 2, by=risk_manager)
    sweep_work()
    assert (told("asked"), told("soon")) == ([], ["head.cleaning"])


@pytest.mark.parametrize("what", ["done", "waived", "moved", "closed"])
def test_nothing_where_it_is_no_longer_so(owned, risk_manager, what):
    task = ask_again(owned, "incident", 14, by=risk_manager)
    derive_reminders()
    if what == "done":
        assess(owned, (2, 2), (2, 2), by=risk_manager)
    elif what == "waived":
        waive_reassessment(task, by=risk_manager, reason="现场看过，做法和评分都没有变")
    elif what == "moved":
        later = timezone.localdate() + timedelta(days=90)
        ReassessmentTask.objects.filter(pk=task.pk).update(due_on=later)
    else:
        ended = {"closed_reason": "停止", "closed_at": timezone.now()}
        Risk.objects.filter(pk=owned.pk).update(state="closed", **ended)
    Work.objects.filter(kind="reassessment.remind", state="due").update(run_after=timezone.now())
    sweep_work()
    day = task.due_on.isoformat()
    assert not Notice.objects.filter(dedupe__endswith=f":{task.pk}:{day}").exists()


def test_a_sweep_with_nothing_new_asks_as_little_however_many_tasks(
    register, risk_manager, django_assert_num_queries
):
    for n in range(3):
        risk = make_risk(register, by=risk_manager, title=f"{n}")
        ask_again(risk, "incident", n, by=risk_manager)
    derive_reminders()
    assert Work.objects.filter(kind="reassessment.remind").count() == 3
    with django_assert_num_queries(7):  # the zone, the tasks, the work, and the transaction
        derive_reminders()
