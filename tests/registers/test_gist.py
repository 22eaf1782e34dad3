"""Half a sentence for each step of a trail."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from registers.history import trail_of
from registers.models import LibraryRisk, Risk
from registers.services import adopt_risks, close_risk, edit_risk, link_control
from registers.timeline import timeline_of
from riskhub.audit.context import acting
from tests.builders import assess, check, make_plan


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def gists(risk):
    return [entry.gist for entry in trail_of(Risk.objects.get(pk=risk.pk)).entries]


def test_a_new_risk_says_where_it_comes_from(register, risk, risk_manager):
    assert gists(risk) == [""]
    (made,) = adopt_risks(LibraryRisk.objects.all()[:1], by=risk_manager, register=register)
    assert gists(made) == ["Starter library: Fall from height"]


def test_one_field_says_its_value_and_many_their_names(risk, risk_manager, second_manager):
    edit_risk(risk, by=risk_manager, version=1, owner=second_manager)
    edit_risk(risk, by=second_manager, version=2, owner=None)
    edit_risk(
        risk, by=risk_manager, version=3, title="水管爆裂", cause="老化", consequence="赔偿",
        velocity="instant", business_importance=5, importance_reason="常客",
    )  # fmt: skip
    edit_risk(risk, by=second_manager, version=4, title="水" * 99)
    assert gists(risk)[:4] == [
        f"Name: {'水' * 59}…",
        "Name, Cause, Consequence and 3 more",
        "Owner: removed",
        "Owner: 李强",
    ]


def test_the_cell_and_what_it_was_before(risk, risk_manager, second_manager):
    assess(risk, (5, 5), (4, 3), by=risk_manager, confirmed_by=second_manager)
    assess(risk, (4, 3), (2, 3), by=second_manager, confirmed_by=risk_manager)
    assert gists(risk)[:2] == ["Residual level Medium, before High", "Residual Medium 2, 3"]
    assess(risk, (5, 5), (3, 5), by=second_manager, confirmed_by=risk_manager)
    assert gists(risk)[0] == "Residual Critical 3, 5, before Medium 2, 3"
    assess(risk, (5, 5), (3, 5), by=second_manager, confirmed_by=risk_manager)
    assert gists(risk)[1] == "Residual Critical 3, 5"


def test_another_cell_of_the_same_level(risk, risk_manager, second_manager):
    assess(risk, (5, 5), (2, 5), by=risk_manager, confirmed_by=second_manager)
    assess(risk, (5, 5), (1, 5), by=second_manager, confirmed_by=risk_manager)
    assert gists(risk)[0] == "Residual probability 1, before 2"
    assess(risk, (5, 5), (1, 5), by=second_manager, confirmed_by=risk_manager)
    assert gists(risk)[0] == "1,5"


def test_the_thing_beside_the_risk(risk, control, risk_manager):
    link_control(risk, control, by=risk_manager)
    assert gists(risk)[0] == "C-101 完工试压"


def test_a_check_says_what_it_found(risk, control, risk_manager):
    link_control(risk, control, by=risk_manager)
    check(control, 20, 3, by=risk_manager)
    first = trail_of(Risk.objects.get(pk=risk.pk)).entries[0]
    assert (first.action, first.gist) == (
        "Control checked", "Partly effective: C-101 完工试压",
    )  # fmt: skip
    timeline = timeline_of(risk, QueryDict(), reader=risk_manager)
    assert timeline.lines[0].url == "/risks/R001/controls/"


def test_a_plan(risk, risk_manager, second_manager):
    assess(risk, (5, 3), (4, 3), by=risk_manager, confirmed_by=second_manager)
    make_plan(risk, by=risk_manager)
    assert gists(risk)[0] == "RP-001"


def test_closing_and_what_nobody_named(risk, risk_manager):
    with acting(None, "risk.edited"):
        Risk.objects.filter(pk=risk.pk).update(velocity="weeks")
    close_risk(risk, by=risk_manager, reason="停办")
    assert gists(risk)[:2] == ["State: Closed", "How fast: Within weeks"]
