"""Audit events in words: the generic half, on made-up events."""

import pytest
from django.utils import timezone
from django.utils.translation import override

from riskhub.accounts.models import Department, RoleAssignment, User
from riskhub.audit.models import AuditEvent
from riskhub.notices.models import Notice
from riskhub.oversight import words
from riskhub.oversight.words import hide_fields, name_actions, name_followers, spell_field, tell
from tests.builders import make_risk


def event(table, operation="update", before=None, after=None, **fields):
    values = {
        "at": timezone.now(), "transaction_id": 1, "actor_name": "陈静", "action": "x.y",
        "reason": "", "object_id": "1", "object_label": "OPS",
    }  # fmt: skip
    return AuditEvent(
        object_type=table, operation=operation, before=before, after=after, **values | fields
    )


def told(*events, **kwargs):
    with override("en"):
        return tell(events, **kwargs)


def changes(one):
    return [(change.name, change.before, change.after) for change in one.changes]


@pytest.fixture(autouse=True)
def _own_names(monkeypatch):
    monkeypatch.setattr(words, "_actions", {})
    monkeypatch.setattr(words, "_hidden", {})
    monkeypatch.setattr(words, "_followers", {"notice.sent"})
    monkeypatch.setattr(words, "_spellers", {})


@pytest.mark.parametrize(
    ("operation", "name"),
    [("insert", "Added"), ("update", "Changed"), ("delete", "Removed"), ("note", "x.y")],
)
def test_an_action_without_a_name(operation, name, db):
    assert told(event("accounts_user", operation))[0].action == name


def test_an_action_with_a_name(db):
    name_actions({"x.y": "Sent"})
    assert told(event("accounts_user"))[0].action == "Sent"


def test_values_by_the_kind_of_their_field(ops, head_cleaning, admin):
    (one,) = told(
        event(
            "accounts_user",
            before={"theme": "auto", "department_id": None, "is_active": True, "phone": None},
            after={
                "theme": "dark",
                "department_id": ops.pk,
                "is_active": False,
                "phone": "021",
                "date_joined": "2020-05-06T07:08:09+00:00",
            },
        ),
        reader=admin,
    )
    assert sorted(changes(one)) == sorted(
        [
            ("Appearance", "As the device", "Dark"),
            ("Department", "", "Service operations"),
            ("Active", "Yes", "No"),
            ("Phone", "", "021"),
            ("Date joined", "", "6 May 2020, 15:08"),
        ]
    )
    assert one.thing == "Account OPS"


def test_a_day(db):
    (one,) = told(event("registers_risk", after={"reported_on": "2020-05-06"}))
    assert changes(one) == [("Found on", "", "6 May 2020")]


def test_keys_counters_and_computed_columns_are_not_told(db):
    after = {"id": 7, "row_version": 2, "rank_key": "x", "code": "R007", "merged_into_id": None}
    (one,) = told(event("registers_risk", after=after))
    assert one.changes == []


def test_a_reference_that_is_gone_is_a_number(db):
    (one,) = told(event("accounts_user", after={"department_id": 987654}))
    assert changes(one) == [("Department", "", "#987654")]


def test_a_stored_word_that_is_no_choice_any_more(db):
    (one,) = told(event("accounts_user", after={"theme": "sepia"}))
    assert changes(one) == [("Appearance", "", "sepia")]


def test_json_needs_somebody_who_spells_it(db):
    spoken = event("notices_notice", before=None, after={"params": {"plan": "RP-001"}})
    assert told(spoken)[0].changes == []
    spell_field(Notice, "params", lambda params: {"Plan": params["plan"], "Same": "x"})
    assert changes(told(spoken)[0]) == [("Plan", "", "RP-001"), ("Same", "", "x")]
    both = event(
        "notices_notice",
        before={"params": {"plan": "RP-001"}},
        after={"params": {"plan": "RP-002"}},
    )
    assert changes(told(both)[0]) == [("Plan", "RP-001", "RP-002")]


def test_hidden_fields(db):
    hide_fields(User, "phone")
    (one,) = told(event("accounts_user", after={"phone": "021", "username": "x"}))
    assert [change.field for change in one.changes] == ["username"]


def test_the_page_does_not_name_itself(ops, tech):
    assigned = event("accounts_roleassignment", after={"department_id": ops.pk, "role": "staff"})
    moved = event(
        "accounts_roleassignment",
        before={"department_id": tech.pk},
        after={"department_id": ops.pk},
    )
    assert changes(told(assigned, about=ops)[0]) == [("Role", "", "Staff")]
    assert len(changes(told(moved, about=ops)[0])) == 1
    assert len(changes(told(assigned, about=tech)[0])) == 2


def test_a_table_that_is_gone(db):
    (one,) = told(event("old_table", after={"x": 1}))
    assert (one.thing, one.changes) == ("", [])


def test_a_row_that_joins_two_things(db, register, risk_manager):
    source = register.department_id
    joined = event(
        "registers_risk_sources", "insert", after={"id": 1, "risk_id": 1, "risksource_id": source}
    )
    with_source = told(joined)[0]
    assert with_source.thing == ""
    assert {change.name for change in with_source.changes} == {"Risk", "All sources"}


def test_one_query_for_each_model_named(ops, tech, head_cleaning, django_assert_num_queries):
    one = event("accounts_user", before={"department_id": ops.pk}, after={"department_id": tech.pk})
    role = event("accounts_roleassignment", after={"user_id": head_cleaning.pk})
    with django_assert_num_queries(2):
        told(one, role)
    with django_assert_num_queries(2):
        told(*[one, role] * 20)
    with django_assert_num_queries(0):
        assert told() == []


def test_names_with_a_parent_need_no_query_of_their_own(head_cleaning, django_assert_num_queries):
    assignment = RoleAssignment.objects.get(user=head_cleaning)
    with django_assert_num_queries(1):
        names = words._names(RoleAssignment, {assignment.pk})
    assert list(names) == [assignment.pk]
    assert words._names(Department, set()) == {}


def test_a_row_without_a_number_is_called_by_its_words(db, head_cleaning):
    file = event("accounts_user", object_id=str(head_cleaning.pk), object_label="")
    assert told(file)[0].name == ""
    role = RoleAssignment.objects.get(user=head_cleaning)
    given = event("accounts_roleassignment", object_id=str(role.pk), object_label="")
    gone = event("accounts_roleassignment", object_id="999999", object_label="")
    odd = event("accounts_roleassignment", object_id="x", object_label="")
    names = [one.name for one in told(given, gone, odd)]
    assert names == ["周立 Department head", "", ""]
    assert told(given)[0].thing == "Role 周立 Department head"


def test_a_row_that_joins_is_called_by_its_first(register, risk_manager):
    risk = make_risk(register, by=risk_manager)
    columns = {"id": 1, "risk_id": risk.pk, "risksource_id": 1}
    table = "registers_risk_sources"
    joined = event(table, "insert", after=columns)
    removed = event(table, "delete", before=columns)
    bare = event(table, "delete")
    assert [one.name for one in told(joined, removed, bare)] == [str(risk), str(risk), ""]


def test_only_the_act_itself_gives_its_reason(db):
    name_followers("x.followed")
    acts = ("x.y", "notice.sent", "x.followed")
    assert [
        one.reason for one in told(*(event("old_table", action=a, reason="太贵") for a in acts))
    ] == ["太贵", "", ""]
