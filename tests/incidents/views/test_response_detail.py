"""On the phone while it happens: steps with their times, and what could be begun."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from assessments.services import link_contingency
from incidents.services.activations import end_activation, tick_step
from incidents.services.investigations import link_incident_risk
from tests.contingency import make_contingency
from tests.incidents.reporting import make_incident_at

pytestmark = pytest.mark.django_db


def url(incident):
    return f"/m/incidents/{incident.code}/response"


def words(page):
    return [row.words for shown in page.context["runs"] for row in shown.steps]


def test_each_step_says_how_long_there_is(sign_in, incident, run, staff_cleaning, time_machine):
    client = sign_in(staff_cleaning)
    time_machine.move_to(run.started_at + timedelta(minutes=10))
    assert words(client.get(url(incident))) == ["立即", "剩 20 分钟"]
    time_machine.move_to(run.started_at + timedelta(minutes=40))
    page = client.get(url(incident))
    assert words(page) == ["立即", "超时 10 分钟"]
    assert [row.is_late for row in page.context["runs"][0].steps] == [False, True]


def test_who_does_it_is_read_in_the_readers_language(sign_in, incident, run, staff_cleaning):
    client = sign_in(staff_cleaning)
    assert "现场人员" in client.get(url(incident)).text
    with override("en"):
        assert [step.actor for step in run.steps.all()] == ["Staff on the spot", "House cleaning"]


def test_done_it_says_when_against_the_target_and_by_whom(
    sign_in, incident, run, staff_cleaning, risk_manager, time_machine
):
    time_machine.move_to(run.started_at + timedelta(minutes=20))
    for step in run.steps.all():
        tick_step(step, by=risk_manager)
    page = sign_in(staff_cleaning).get(url(incident))
    assert words(page) == ["20 分钟后完成，要求立即", "20 分钟后完成，按时：要求 30 分钟内"]
    assert "陈静" in page.text
    assert page.text.count("撤销完成") == 2


def test_what_was_late_and_what_was_left_out_stay_to_be_seen(
    sign_in, incident, run, staff_cleaning, time_machine
):
    time_machine.move_to(run.started_at + timedelta(minutes=50))
    tick_step(run.steps.last(), by=staff_cleaning)
    end_activation(run, by=staff_cleaning, summary="人已送医")
    page = sign_in(staff_cleaning).get(url(incident))
    assert words(page) == ["没有做到", "50 分钟后完成，超时：要求 30 分钟内"]
    assert ("人已送医" in page.text, "结束执行" in page.text) == (True, False)


def test_plans_that_answer_its_risk_come_first_and_what_runs_is_not_offered(
    sign_in, incident, run, plan, clean, risk, risk_manager
):
    others = [make_contingency(clean, by=risk_manager, name_zh=name) for name in ("甲", "乙")]
    link_contingency(others[1], risk, by=risk_manager)
    link_incident_risk(incident, risk, by=risk_manager, known_before=True)
    page = sign_in(risk_manager).get(url(incident))
    assert page.context["plans"] == [others[1], others[0]]


def test_whoever_only_reads_is_offered_nothing(sign_in, incident, run, auditor):
    page = sign_in(auditor).get(url(incident))
    assert (page.status_code, "<form" in page.text.split("<main")[1]) == (200, False)


def test_once_it_is_over_nothing_is_begun(sign_in, clean, risk, risk_manager):
    closed = make_incident_at("closed", clean, risk_manager, risk)
    page = sign_in(risk_manager).get(url(closed))
    assert (page.context["plans"], "没有启动过预案" in page.text) == ([], True)


def test_other_departments_do_not_find_it(sign_in, incident, head_repair):
    assert sign_in(head_repair).get(url(incident)).status_code == 404


def test_the_incident_tells_it_in_its_timeline(sign_in, incident, run, risk_manager, time_machine):
    time_machine.move_to(run.started_at + timedelta(minutes=3))
    tick_step(run.steps.first(), by=risk_manager)
    end_activation(run, by=risk_manager, summary="人已送医")
    lines = sign_in(risk_manager).get(incident.get_absolute_url()).context["timeline"]
    assert [line.words for line in lines] == [
        f"启动预案 {run.plan}", "拨打120（3 分钟后完成，要求立即）",
        f"{run.plan.code} 已结束。人已送医",
    ]  # fmt: skip


def test_the_plan_keeps_it_beside_its_drills(
    sign_in, incident, run, plan, risk_manager, auditor, head_repair
):
    tick_step(run.steps.first(), by=risk_manager)
    (use,) = sign_in(risk_manager).get(plan.get_absolute_url()).context["real_uses"]
    assert (use.name, use.words, use.summary) == (
        incident.code, "2 步完成 1 步，其中 0 步超时", "仍在执行",
    )  # fmt: skip
    end_activation(run, by=risk_manager, summary="人已送医")
    assert "人已送医" in sign_in(auditor).get(plan.get_absolute_url()).text


def test_it_asks_for_itself_and_hears_nothing_while_nothing_changed(
    sign_in, incident, run, staff_cleaning, risk_manager
):
    client = sign_in(staff_cleaning)
    page = client.get(url(incident))
    again = f"{url(incident)}?shown={page.context['fingerprint']}"
    assert f'data-hx-get="{again}"' in page.text
    headers = {"HX-Request": "true", "HX-Target": "response-runs"}
    assert client.get(again, headers=headers).status_code == 204
    assert client.get(again).status_code == 200
    tick_step(run.steps.first(), by=risk_manager)
    part = client.get(again, headers=headers)
    assert (part.status_code, "<main" in part.text, "陈静" in part.text) == (200, False, True)
    end_activation(run, by=risk_manager, summary="人已送医")
    assert "data-hx-trigger" not in client.get(url(incident)).text.split("<main")[1]
