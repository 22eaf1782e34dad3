"""What the database writes down by itself, whoever changes the row and however."""

import pytest
from django.db import connection

from riskhub.accounts.models import Department, Token
from riskhub.accounts.services import create_token
from riskhub.audit.context import acting
from riskhub.audit.models import AuditEvent
from riskhub.audit.services import note_event
from riskhub.company.models import CompanySetting
from riskhub.company.services import set_preference
from tests.builders import make_risk
from tests.riskhub.audit.conftest import events

pytestmark = pytest.mark.django_db


def newest():
    return AuditEvent.objects.latest("pk")


def test_a_new_row_whole(db):
    department = Department.objects.create(code="NEW", name_zh="新", path="/0/")
    event = newest()
    assert (event.operation, event.before) == ("insert", None)
    assert event.after == {
        "id": department.pk, "code": "NEW", "name_zh": "新", "name_en": "", "path": f"/{department.pk}/",
        "kind": "business", "is_active": True, "parent_id": None, "head_id": None,
        "row_version": 1,
    }  # fmt: skip
    assert (event.object_type, event.object_id, event.object_label) == (
        "accounts_department", str(department.pk), "NEW",
    )  # fmt: skip


def test_a_change_names_only_what_changed(ops):
    ops.name_en = "Changed"
    ops.save()
    assert (newest().before, newest().after) == (
        {"name_en": "Service operations"}, {"name_en": "Changed"},
    )  # fmt: skip


def test_saving_the_same_again_is_no_event(ops):
    count = AuditEvent.objects.count()
    ops.save()
    assert AuditEvent.objects.count() == count


def test_a_deleted_row_whole(db):
    department = Department.objects.create(code="NEW", name_zh="新")
    key = str(department.pk)
    department.delete()
    event = newest()
    assert (event.operation, event.after, event.before["code"]) == ("delete", None, "NEW")
    assert event.object_id == key


def test_bulk_update_and_raw_sql_row_by_row(db, risk_manager):
    Department.objects.create(code="SPARE", name_zh="备用")
    last = newest().pk
    with acting(risk_manager, "department.closed", "合并"):
        changed = Department.objects.filter(code__in=["OPS", "TECH"]).update(is_active=False)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM accounts_department WHERE code = 'SPARE'")
    found = AuditEvent.objects.filter(pk__gt=last).order_by("pk")
    assert changed == 2
    assert [(e.operation, e.actor_name, e.reason) for e in found] == [
        ("update", "陈静", "合并"), ("update", "陈静", "合并"), ("delete", "陈静", "合并"),
    ]  # fmt: skip
    assert [(e.before, e.after) for e in found][:2] == [
        ({"is_active": True}, {"is_active": False})
    ] * 2


def test_links_between_rows(register, risk_manager):
    risk = make_risk(register, by=risk_manager)
    last = newest().pk
    risk.service_lines.add(1)
    event = newest()
    assert (event.pk - last, event.object_type) == (1, "registers_risk_service_lines")
    assert event.after["risk_id"] == risk.pk


def test_secrets_are_masked(risk_manager, auditor):
    key = create_token(auditor, by=risk_manager, name="x")
    event = AuditEvent.objects.about(Token.objects.get()).get()
    assert event.after["token_hash"] == "***"
    auditor.set_password("another password")
    auditor.save()
    assert (newest().before, newest().after) == ({"password": "***"}, {"password": "***"})
    assert not AuditEvent.objects.filter(after__icontains=key).exists()


def test_signing_in_is_no_change_of_the_person(client, auditor):
    last = newest().pk
    client.force_login(auditor, backend="django.contrib.auth.backends.ModelBackend")
    auditor.refresh_from_db()
    assert auditor.last_login
    assert events(auditor, after=last) == []


def test_what_is_derived_for_searching_is_left_out(register, risk_manager):
    risk = make_risk(register, by=risk_manager)
    (event,) = AuditEvent.objects.about(risk)
    assert "search" not in event.after
    assert {"code", "rank_key"} <= set(event.after)


def test_a_row_is_known_by_its_key_where_it_has_no_id(risk_manager):
    set_preference("time_zone", "Asia/Tokyo", by=risk_manager)
    event = AuditEvent.objects.about(CompanySetting.objects.get()).get()
    assert (event.object_id, event.object_label) == ("time_zone", "time_zone")


def test_a_note_where_no_row_changed(auditor):
    note_event(by=auditor, action="file.read", object_type="x", object_id="7", label="甲",
               details={"sha256": "ab"})  # fmt: skip
    event = newest()
    assert (event.operation, event.action, event.actor_name) == ("note", "file.read", "孙悦")
    assert (event.object_id, event.object_label, event.before) == ("7", "甲", None)
    assert event.after == {"sha256": "ab"}
    note_event(by=None, action="x.y", object_type="x")
    assert (newest().actor_name, newest().after) == ("system", {})


def test_the_events_of_one_row_newest_first(ops):
    for name in ("A", "B"):
        ops.name_en = name
        ops.save()
    found = [event.after for event in AuditEvent.objects.about(ops)]
    assert found[:2] == [{"name_en": "B"}, {"name_en": "A"}]
    assert str(newest()) == "accounts_department.update OPS"
