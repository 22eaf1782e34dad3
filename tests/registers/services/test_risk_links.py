import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from registers.choices import Relation
from registers.closing import NotOpen
from registers.links import by_relation, linked_risks
from registers.models import Risk, RiskLink
from registers.services import close_risk, link_risks, merge_risk, unlink_risks
from tests.builders import make_risk
from tests.registers.audit import Trail


@pytest.fixture
def flood(risk, register, risk_manager):
    """R002 of OPS too."""
    return make_risk(register, by=risk_manager, title="楼下被淹")


def told(user, risk):
    return [(str(one.relation), one.risk.code) for one in linked_risks(user, risk)]


@pytest.mark.parametrize(
    ("relation", "there"),
    [
        ("causes", "caused_by"),
        ("caused_by", "causes"),
        ("aggravates", "aggravated_by"),
        ("aggravated_by", "aggravates"),
        ("related", "related"),
    ],
)
def test_each_relation_is_told_on_both_pages(risk, flood, risk_manager, relation, there):
    link_risks(risk, flood, by=risk_manager, relation=relation)
    assert told(risk_manager, risk) == [(relation, "R002")]
    assert told(risk_manager, flood) == [(there, "R001")]


def test_the_same_from_either_side_is_one_row(risk, flood, risk_manager):
    for one, other, relation in (
        (risk, flood, "causes"), (flood, risk, "caused_by"),
        (risk, flood, "related"), (flood, risk, "related"),
    ):  # fmt: skip
        link_risks(one, other, by=risk_manager, relation=relation)
    assert RiskLink.objects.count() == 2
    assert told(risk_manager, risk) == [("causes", "R002"), ("related", "R002")]


def test_who_linked_what_is_written_down_once(risk, flood, risk_manager):
    trail = Trail()
    link = link_risks(risk, flood, by=risk_manager, relation="causes")
    link_risks(risk, flood, by=risk_manager, relation="causes")
    event = trail.only("registers_risklink")
    assert (event.action, event.actor_name) == ("risk_link.created", "陈静")
    with override("en"):
        assert str(link) == "R001 causes R002"
    trail = Trail()
    unlink_risks(link, by=risk_manager)
    unlink_risks(link, by=risk_manager)
    event = trail.only("registers_risklink")
    assert event.action == "risk_link.ended"
    assert set(event.after) == {"ended_at", "ended_by_id"}
    assert told(risk_manager, risk) == []


def test_after_its_end_the_two_may_be_linked_again(risk, flood, risk_manager):
    link = link_risks(risk, flood, by=risk_manager, relation="causes")
    unlink_risks(link, by=risk_manager)
    again = link_risks(risk, flood, by=risk_manager, relation="causes")
    assert (again.pk != link.pk, RiskLink.objects.count()) == (True, 2)
    assert told(risk_manager, flood) == [("caused_by", "R001")]


def test_a_risk_is_not_linked_to_itself(risk, risk_manager):
    with pytest.raises(ValidationError) as refusal:
        link_risks(risk, risk, by=risk_manager, relation="related")
    assert list(refusal.value.message_dict) == ["other"]


def test_from_a_closed_risk_nothing_is_linked_and_to_one_it_is(risk, flood, risk_manager):
    close_risk(flood, by=risk_manager, reason="停办")
    with pytest.raises(NotOpen):
        link_risks(flood, risk, by=risk_manager, relation="causes")
    link = link_risks(risk, flood, by=risk_manager, relation="causes")
    close_risk(risk, by=risk_manager, reason="停办")
    with pytest.raises(NotOpen):
        unlink_risks(link, by=risk_manager)
    link.refresh_from_db()
    assert link.ended_at is None


def test_what_was_taken_back_is_neither_linked_nor_shown(risk, flood, risk_manager):
    link_risks(risk, flood, by=risk_manager, relation="causes")
    close_risk(flood, by=risk_manager, reason="误录")
    Risk.objects.filter(pk=flood.pk).update(is_undone=True)
    assert told(risk_manager, risk) == []
    with pytest.raises(ValidationError):
        link_risks(risk, flood, by=risk_manager, relation="related")


def test_what_a_merged_risk_does_its_survivor_does(risk, flood, register, risk_manager):
    third = make_risk(register, by=risk_manager, title="赔偿")
    for one, other, relation in (
        (risk, flood, "causes"), (third, risk, "related"), (third, flood, "related"),
    ):  # fmt: skip
        link_risks(one, other, by=risk_manager, relation=relation)
    merge_risk(flood, into=risk, by=risk_manager, reason="同一件事")
    assert told(risk_manager, risk) == [("related", "R003")]
    assert told(risk_manager, third) == [("related", "R001")]
    assert RiskLink.objects.filter(ended_at=None).count() == 1


def test_a_merged_risk_is_not_linked(risk, flood, register, risk_manager):
    third = make_risk(register, by=risk_manager, title="赔偿")
    merge_risk(flood, into=risk, by=risk_manager, reason="同一件事")
    with pytest.raises(ValidationError) as refusal:
        link_risks(third, flood, by=risk_manager, relation="causes")
    assert "R002" in str(refusal.value)


def test_groups_in_the_order_of_the_relations(risk, flood, register, risk_manager):
    third = make_risk(register, by=risk_manager, title="赔偿")
    link_risks(risk, third, by=risk_manager, relation="related")
    link_risks(risk, third, by=risk_manager, relation="causes")
    link_risks(risk, flood, by=risk_manager, relation="causes")
    groups = by_relation(linked_risks(risk_manager, risk))
    assert [(relation, [one.risk.code for one in linked]) for relation, linked in groups] == [
        (Relation.CAUSES, ["R002", "R003"]),
        (Relation.RELATED, ["R003"]),
    ]


class TestWhatOneDoesNotSee:
    @pytest.fixture
    def hidden(self, risk, other_risk, risk_manager):
        """R001 of OPS causes R002 of TECH."""
        return link_risks(risk, other_risk, by=risk_manager, relation="causes")

    def test_of_a_link_one_sees_both_ends_or_nothing(
        self, hidden, risk, other_risk, risk_manager, head_cleaning, head_repair, auditor, outsider
    ):
        assert told(auditor, risk) == told(risk_manager, risk) == [("causes", "R002")]
        for user in (head_cleaning, head_repair, outsider):
            assert list(RiskLink.objects.visible_to(user)) == []
            assert told(user, risk) == told(user, other_risk) == []


class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        ("changes", "constraint"),
        [
            ({"to": "itself"}, "risk_link_of_two"),
            ({"kind": "eats"}, "risk_link_kind"),
            ({"kind": "related", "turned": True}, "risk_link_related_is_one_row"),
            ({"ended_at": "2026-01-01T00:00Z"}, "risk_link_ended_by_somebody"),
            ({}, "risk_link_once"),
        ],
    )
    def test_what_no_page_would_send(self, risk, flood, risk_manager, changes, constraint):
        link_risks(risk, flood, by=risk_manager, relation="causes")
        ends = (flood, risk) if changes.pop("turned", False) else (risk, flood)
        other = ends[0] if changes.pop("to", "") else ends[1]
        row = {"from_risk": ends[0], "to_risk": other, "kind": "causes"} | changes
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            RiskLink.objects.create(**row)
        assert refusal.value.__cause__.diag.constraint_name == constraint
