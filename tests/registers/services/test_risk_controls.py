import pytest
from django.core.exceptions import ValidationError

from registers.closing import NotOpen
from registers.models import RiskControl
from registers.services import (
    Retired,
    close_risk,
    edit_risk_control,
    link_control,
    retire_control,
    unlink_control,
)
from riskhub.audit.versions import StaleVersion
from tests.builders import make_control
from tests.registers.audit import Trail


@pytest.fixture
def link(risk, control, risk_manager):
    return link_control(risk, control, by=risk_manager)


def test_the_type_says_what_it_usually_lowers(risk, ops, risk_manager):
    for kind, lowers in (
        ("preventive", "probability"), ("mitigating", "impact"), ("emergency", "impact"),
    ):  # fmt: skip
        control = make_control(ops, by=risk_manager, title=kind, type=kind)
        made = link_control(risk, control, by=risk_manager)
        assert (made.acts_on, made.strength) == (lowers, 1)


def test_it_is_recorded(risk, control, risk_manager):
    trail = Trail()
    link_control(risk, control, by=risk_manager, acts_on="impact", strength=2, note=" 只在白天 ")
    event = trail.only("registers_riskcontrol")
    assert (event.action, event.operation) == ("risk_control.linked", "insert")
    assert (event.after["acts_on"], event.after["strength"], event.after["note"]) == (
        "impact", 2, "只在白天",
    )  # fmt: skip


def test_the_same_sent_twice_is_one_link(risk, control, link, risk_manager):
    assert link_control(risk, control, by=risk_manager) == link
    with pytest.raises(ValidationError) as refusal:
        link_control(risk, control, by=risk_manager, strength=2)
    assert list(refusal.value.message_dict) == ["control"]
    assert RiskControl.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("acts_on", "mood"), ("strength", 3), ("strength", -1)]
)
def test_what_cannot_be(risk, control, risk_manager, field, value):
    with pytest.raises(ValidationError) as refusal:
        link_control(risk, control, by=risk_manager, **{field: value})
    assert list(refusal.value.message_dict) == [field]


def test_its_effect_changes(link, risk_manager):
    trail = Trail()
    edit_risk_control(link, by=risk_manager, version=1, acts_on="impact", strength=0, note="")
    event = trail.only("registers_riskcontrol")
    assert event.action == "risk_control.edited"
    assert set(event.after) == {"acts_on", "strength", "row_version"}
    with pytest.raises(StaleVersion):
        edit_risk_control(link, by=risk_manager, version=1, acts_on="impact", strength=2, note="")
    with pytest.raises(ValidationError):
        edit_risk_control(link, by=risk_manager, version=2, acts_on="impact", strength=3, note="")


def test_taken_off_and_put_back(risk, control, link, risk_manager):
    trail = Trail()
    unlink_control(link, by=risk_manager)
    event = trail.only("registers_riskcontrol")
    assert (event.action, event.operation) == ("risk_control.unlinked", "delete")
    assert event.before["risk_id"] == risk.pk
    link_control(risk, control, by=risk_manager)
    assert RiskControl.objects.count() == 1


def test_a_closed_risk_keeps_what_it_has(risk, control, link, ops, risk_manager):
    close_risk(risk, by=risk_manager, reason="停办")
    other = make_control(ops, by=risk_manager, title="别的")
    for step in (
        lambda: link_control(risk, other, by=risk_manager),
        lambda: edit_risk_control(
            link, by=risk_manager, version=1, acts_on="impact", strength=2, note=""
        ),
        lambda: unlink_control(link, by=risk_manager),
    ):
        with pytest.raises(NotOpen):
            step()
    assert list(RiskControl.objects.values_list("strength", flat=True)) == [1]


def test_a_retired_control_protects_nothing(risk, control, risk_manager):
    retire_control(control, by=risk_manager, reason="停用")
    with pytest.raises(Retired):
        link_control(risk, control, by=risk_manager)
