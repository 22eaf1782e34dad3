"""People, departments, roles: what is made, what is refused, and what the audit says of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import override

from riskhub.accounts.adapter import ClosedSignup
from riskhub.accounts.models import Department, RoleAssignment, Token, User
from riskhub.accounts.services import (
    assign_role,
    create_department,
    create_token,
    create_user,
    set_language,
    set_theme,
)
from riskhub.audit.models import AuditEvent
from tests.cast import make_user

pytestmark = pytest.mark.django_db


def newest(obj):
    event = AuditEvent.objects.about(obj).first()
    return event.action, event.actor_name, event.before, event.after


def test_departments_know_their_path(ops, risk_manager):
    clean = create_department(by=risk_manager, code="CLEAN", name_zh="保洁", parent=ops)
    assert (ops.path, clean.path) == (f"/{ops.pk}/", f"/{ops.pk}/{clean.pk}/")
    action, actor, before, after = newest(clean)
    assert (action, actor, before) == ("department.created", "陈静", None)
    assert (after["code"], after["path"]) == ("CLEAN", clean.path)
    assert clean in Department.objects.active()


@pytest.mark.parametrize("fields", [{"code": "OPS"}, {"code": ""}, {"name_zh": ""}, {"kind": "x"}])
def test_a_department_that_cannot_be(fields):
    with pytest.raises(ValidationError) as refusal:
        create_department(by=None, **({"code": "NEW", "name_zh": "新"} | fields))
    assert list(refusal.value.message_dict) == list(fields)


def test_no_department_is_its_own_parent(ops):
    with pytest.raises(IntegrityError), transaction.atomic():
        Department.objects.filter(pk=ops.pk).update(parent=ops)


def test_names_in_both_languages(ops):
    with override("en"):
        assert str(ops) == "Service operations"
    with override("zh-hans"):
        assert str(ops) == ops.name == "服务运营部"
    ops.name_en = ""
    with override("en"):
        assert str(ops) == "服务运营部"


def test_a_person(ops, admin):
    person = create_user(
        by=admin, username="new", display_name="新人", password="a long password", email="N@x.cn",
        department=ops, locale="en",
    )  # fmt: skip
    assert person.check_password("a long password")
    assert (str(person), person.get_full_name(), person.get_short_name()) == ("新人",) * 3
    action, actor, _before, after = newest(person)
    assert (action, actor, after["password"], after["locale"]) == (
        "user.created", "钱程", "***", "en",
    )  # fmt: skip
    assert str(User(username="only")) == "only"


@pytest.mark.parametrize(
    "fields",
    [{"username": "auditor"}, {"username": ""}, {"locale": "fr"}, {"email": "no address"}],
)
def test_a_person_who_cannot_be(auditor, fields):
    with pytest.raises(ValidationError) as refusal:
        create_user(by=None, **({"username": "new", "display_name": "新"} | fields))
    assert list(refusal.value.message_dict) == list(fields)


def test_one_address_one_person(approver):
    with pytest.raises(ValidationError):
        create_user(by=None, username="new", display_name="新", email="MA@example.com")
    create_user(by=None, username="a", display_name="无邮箱")
    create_user(by=None, username="b", display_name="无邮箱")


def test_without_a_password_nobody_signs_in(client):
    person = create_user(by=None, username="new", display_name="新")
    assert not person.has_usable_password()


def test_a_role_is_given(ops, admin, outsider):
    assignment = assign_role(outsider, by=admin, role="staff", department=ops)
    assert assignment.valid == DateRange(timezone.localdate(), None)
    assert newest(assignment)[:2] == ("role.assigned", "钱程")
    with pytest.raises(ValidationError):
        assign_role(outsider, by=admin, role="king")


@pytest.mark.parametrize("department", ["OPS", None])
def test_no_role_twice_at_the_same_time(outsider, department):
    place = Department.objects.filter(code=department).first()
    today = timezone.localdate()
    assign_role(outsider, by=None, role="staff", department=place, valid_until=today + timedelta(9))
    with pytest.raises(ValidationError):
        assign_role(outsider, by=None, role="staff", department=place)
    assign_role(outsider, by=None, role="staff", department=place, valid_from=today + timedelta(9))
    assert outsider.role_assignments.count() == 2
    with pytest.raises(IntegrityError, match="no_overlap"), transaction.atomic():
        RoleAssignment.objects.create(user=outsider, role="staff", department=place)


def test_an_empty_time_is_refused(outsider):
    today = timezone.localdate()
    with pytest.raises(ValidationError):
        assign_role(outsider, by=None, role="staff", valid_from=today, valid_until=today)


def test_language_and_appearance(auditor):
    set_language(auditor, by=auditor, locale="en")
    assert newest(auditor) == (
        "user.language_changed", "孙悦", {"locale": "zh-hans"}, {"locale": "en"},
    )  # fmt: skip
    set_theme(auditor, by=auditor, theme="dark")
    assert newest(auditor) == ("user.theme_changed", "孙悦", {"theme": "auto"}, {"theme": "dark"})


def test_keys_are_not_alike_and_not_kept(auditor):
    keys = {create_token(auditor, by=auditor, name="x") for _n in range(3)}
    stored = {token.token_hash for token in Token.objects.all()}
    assert (len(keys), len(stored), keys & stored) == (3, 3, set())
    assert {len(key) for key in keys} == {43}
    for name in ("", "x" * 101):
        with pytest.raises(ValidationError):
            create_token(auditor, by=auditor, name=name)


def test_nobody_makes_an_account_for_themselves(client, rf):
    assert not ClosedSignup().is_open_for_signup(rf.get("/"))
    name = f"u{uuid4().hex[:8]}"
    client.post(
        "/accounts/signup/", {"username": name, "password1": "x9!kdkdkd", "password2": "x9!kdkdkd"}
    )
    assert not User.objects.filter(username=name).exists()


def test_who_leaves_is_signed_out(client):
    person = make_user("p", "p")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/notices/").status_code == 200
    person.is_active = False
    person.save()
    assert client.get("/notices/").status_code == 302
