"""Names, department, service line and description; somebody faster; the code stays."""

import pytest

from registers.models import Register, Risk, ServiceLine
from registers.services import archive_register, create_register, edit_register
from riskhub.accounts.services import close_department
from tests.builders import make_risk
from tests.cast import make_user
from tests.registers.audit import Trail
from tests.registers.pages import links_of

URL = "/registers/SVC/edit/"


@pytest.fixture
def values(register, ops):
    return {
        "name_zh": register.name_zh, "name_en": register.name_en, "department": ops.pk,
        "service_line": "", "description": "", "row_version": 1,
    }  # fmt: skip


def test_what_was_changed_and_nothing_else(manager, values, tech, register):
    trail, line = Trail(), ServiceLine.objects.get(code="repair")
    changed = {"name_en": "Technical", "department": tech.pk, "service_line": line.pk, "code": "X"}
    response = manager.post(URL, values | changed | {"description": "上门维修"})
    assert (response.status_code, response["Location"]) == (302, "/registers/")
    event = trail.only("registers_register")
    assert event.action == "register.edited"
    assert event.after == {
        "name_en": "Technical", "department_id": tech.pk, "service_line_id": line.pk,
        "description": "上门维修", "row_version": 2,
    }  # fmt: skip
    assert Register.objects.get().code == "SVC"


def test_its_risks_keep_their_departments(manager, values, tech, ops, risk, other_risk):
    before = Risk.objects.order_by("pk").values_list("owner_department", "row_version")
    kept = list(before)
    assert manager.post(URL, values | {"department": tech.pk}).status_code == 302
    assert list(before.all()) == kept


def test_a_stale_version_shows_both_texts(manager, values, register, risk_manager, part, tech):
    edit_register(register, by=risk_manager, version=1, name_zh="服务一表", department=tech)
    response = part(manager, URL, "register-form", values | {"name_zh": "服务二表"})
    page = response.content.decode()
    assert response.status_code == 409
    assert page.strip().startswith("<form")
    assert "服务一表" in page
    assert 'value="服务二表"' in page
    assert tech.name in [row.stored for row in response.context["conflict"].differences]
    stored = Register.objects.get()
    assert (stored.name_zh, stored.department, stored.row_version) == ("服务一表", tech, 2)


def test_only_to_a_department_that_one_keeps(values, sign_in, ops_manager, tech, clean):
    client = sign_in(ops_manager)
    offered = client.get(URL).context["form"].fields["department"].queryset
    assert {department.code for department in offered} == {"OPS", "CLEAN"}
    response = client.post(URL, values | {"department": tech.pk})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["department"])
    assert client.post(URL, values | {"department": clean.pk}).status_code == 302
    assert Register.objects.get().department == clean


def test_what_it_has_may_stay_though_it_is_offered_no_more(manager, values, register, ops):
    line = ServiceLine.objects.get(code="repair")
    Register.objects.update(service_line=line)
    ServiceLine.objects.update(is_active=False)
    type(ops).objects.filter(pk=ops.pk).update(is_active=False)
    sent = values | {"service_line": line.pk, "name_zh": "改名"}
    assert manager.post(URL, sent).status_code == 302
    stored = Register.objects.get()
    assert (stored.name_zh, stored.service_line, stored.department) == ("改名", line, ops)


def test_a_refused_form_keeps_what_was_typed(manager, values, part):
    sent = values | {"name_zh": " ", "description": "写了很多"}
    response = part(manager, URL, "register-form", sent)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["name_zh"])
    assert response.content.decode().strip().startswith("<form")
    assert "写了很多" in response.content.decode()


def test_an_archived_one_can_be_given_away_and_opened_again(
    manager, values, register, risk_manager, ops, tech, admin
):
    archive_register(register, by=risk_manager)
    close_department(ops, by=admin)
    page = manager.get(URL)
    assert "/registers/SVC/reopen/" in page.content.decode()
    assert "/registers/SVC/archive/" not in links_of(page)
    sent = values | {"department": tech.pk, "row_version": 2}
    assert manager.post(URL, sent).status_code == 302
    assert Register.objects.get().department == tech


def test_an_active_one_can_be_archived(manager, register):
    page = manager.get(URL)
    assert "/registers/SVC/archive/" in links_of(page)
    assert "/registers/SVC/reopen/" not in page.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ops_manager", 200), ("head_cleaning", 403), ("approver", 403), ("auditor", 403),
        ("admin", 403), ("staff_repair", 404), ("outsider", 404),
    ],
)  # fmt: skip
def test_who_may(values, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert client.get(URL).status_code == status
    answer = client.post(URL, values | {"name_zh": "改"}).status_code
    assert answer == (302 if status == 200 else status)
    assert (Register.objects.get().name_zh == "改") is (status == 200)


def test_one_sees_it_by_a_risk_and_another_keeps_it(values, register, risk_manager, tech, sign_in):
    make_risk(register, by=risk_manager, department=tech)
    keeper = make_user("tech.manager", "技术风险员", "risk_manager", tech)
    assert sign_in(keeper).get(URL).status_code == 403


def test_as_the_code_is_written(manager, register, tech, risk_manager):
    create_register(by=risk_manager, code="TECH", name_zh="技术", department=tech)
    assert manager.get("/registers/svc/edit/").context["register"] == register
    assert manager.get("/registers/NONE/edit/").status_code == 404


def test_wrong_method(manager, register):
    assert manager.delete(URL).status_code == 405
