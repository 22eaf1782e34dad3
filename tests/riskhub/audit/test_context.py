"""Who acts and why, beside each change; what is nested never leaks into what surrounds it."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from riskhub.audit.context import acting, ask_as, entered
from riskhub.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def rename(department, name):
    """By raw SQL: nothing but the session's values tells who it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_department SET name_en = %s WHERE id = %s", [name, department.pk]
        )
    return AuditEvent.objects.about(department).first()


def rename_and_fail(department, by):
    with acting(by, "department.renamed"):
        rename(department, "A")
        return 1 / 0


def facts(event):
    return event.actor_id, event.actor_name, event.action, event.reason


def test_the_service_names_actor_action_and_reason(ops, risk_manager):
    with acting(risk_manager, "department.renamed", "瓦解"):
        event = rename(ops, "A")
    assert facts(event) == (risk_manager.pk, "陈静", "department.renamed", "瓦解")


@pytest.mark.parametrize(("by", "name"), [(None, "system"), (AnonymousUser(), "nobody")])
def test_without_a_known_person_it_is_the_system_or_nobody(ops, by, name):
    with acting(by, "department.renamed"):
        event = rename(ops, "A")
    assert facts(event) == (None, name, "department.renamed", "")


def test_a_person_without_a_name_has_a_user_name(ops, outsider):
    outsider.display_name = ""
    with acting(outsider, "department.renamed"):
        event = rename(ops, "A")
    assert event.actor_name == "outsider"


def test_the_inner_service_speaks_for_itself_and_the_outer_one_goes_on(ops, risk_manager, auditor):
    with acting(risk_manager, "outer", "why"):
        with acting(auditor, "inner"):
            inner = rename(ops, "A")
        outer = rename(ops, "B")
        with acting(auditor, "inner", "own reason"):
            third = rename(ops, "C")
    assert facts(inner) == (auditor.pk, "孙悦", "inner", "why")
    assert facts(outer) == (risk_manager.pk, "陈静", "outer", "why")
    assert third.reason == "own reason"


def test_an_inner_failure_puts_the_outer_values_back(ops, risk_manager, auditor):
    with acting(risk_manager, "outer"):
        with pytest.raises(ZeroDivisionError):
            rename_and_fail(ops, auditor)
        event = rename(ops, "B")
    assert facts(event) == (risk_manager.pk, "陈静", "outer", "")
    assert event.before == {"name_en": "Service operations"}


def test_an_inner_database_failure_too(ops, risk_manager, auditor):
    with acting(risk_manager, "outer"):
        with pytest.raises(Exception, match="nothing_here"), acting(auditor, "inner"):
            connection.cursor().execute("SELECT * FROM nothing_here")
        event = rename(ops, "B")
    assert facts(event) == (risk_manager.pk, "陈静", "outer", "")


def test_afterwards_nobody_acts(ops, risk_manager):
    with acting(risk_manager, "department.renamed"):
        rename(ops, "A")
    event = rename(ops, "B")
    assert (event.actor_id, event.action) == (None, "accounts_department.update")
    assert event.actor_name == f"database role {connection.settings_dict['USER']}"


@pytest.mark.django_db(transaction=True)
def test_what_fails_leaves_no_event(ops, risk_manager):
    before = AuditEvent.objects.count()
    with pytest.raises(ZeroDivisionError):
        rename_and_fail(ops, risk_manager)
    assert AuditEvent.objects.count() == before
    assert not connection.in_atomic_block


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:85a3:1:2:3:4:5", "2001:db8:85a3::/48"),
        ("", ""),
        ("unix", ""),
    ],
)
def test_one_request_one_id_and_only_the_network(ops, ip, network):
    number = uuid4()
    with entered(request_id=number, ip=ip) as request:
        with acting(None, "a"):
            first = rename(ops, "A")
        with acting(None, "b"):
            second = rename(ops, "B")
    assert (first.request_id, second.request_id, request.id) == (number, number, number)
    assert first.ip_prefix == second.ip_prefix == network
    with acting(None, "c"):
        assert rename(ops, "C").request_id is None


def test_a_request_without_a_number_gets_one(ops):
    with entered() as request, acting(None, "a"):
        assert rename(ops, "A").request_id == request.id


def test_it_opens_the_transaction(ops, risk_manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as called, acting(risk_manager, "a"):
        assert connection.in_atomic_block
        transaction.on_commit(lambda: None)
    assert len(called) == 1


def test_statements_under_an_action_of_their_own_leave_the_outer_one_as_it_was(ops, risk_manager):
    renamed = ("UPDATE accounts_department SET name_en = %s WHERE id = %s", ["B", ops.pk])
    with acting(risk_manager, "department.renamed", "瓦解"):
        found = ask_as(None, "department.found", ("SELECT 1", []), renamed, ("SELECT 2", []))
        inner = AuditEvent.objects.about(ops).first()
        outer = rename(ops, "C")
    assert found == [[(1,)], [], [(2,)]]
    assert facts(inner) == (None, "system", "department.found", "瓦解")
    assert facts(outer) == (risk_manager.pk, "陈静", "department.renamed", "瓦解")


def test_after_statements_in_a_bare_transaction_nobody_is_named(ops, risk_manager):
    with transaction.atomic():
        ask_as(risk_manager, "department.found", ("SELECT 1", []))
        assert rename(ops, "C").actor_name == "database role riskhub_app"
