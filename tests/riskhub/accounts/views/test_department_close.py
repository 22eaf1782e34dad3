"""Closed when nothing is left there; what is left stands on the page with the way to it."""

import re
from uuid import uuid4

from assessments.services import submit_plan
from registers.services import create_register, edit_register, file_proposal
from riskhub.accounts.models import Department
from riskhub.accounts.services import close_department
from tests.assessments.services.test_plans import approve
from tests.builders import assess, make_control, make_plan, make_risk
from tests.cast import make_user
from tests.registers.audit import Trail

URL = "/settings/departments/CLEAN/close/"


def test_nothing_is_left(as_admin, clean):
    trail = Trail()
    assert as_admin.get(URL).context["blockers"] == []
    assert as_admin.post(URL)["Location"] == "/settings/departments/"
    assert not Department.objects.get(pk=clean.pk).is_active
    event = trail.only("accounts_department")
    assert (event.action, event.after) == (
        "department.closed", {"is_active": False, "row_version": 2},
    )  # fmt: skip


def test_what_is_left_is_listed_and_nothing_happens(
    as_admin, clean, staff_cleaning, register, risk_manager, part
):
    make_risk(register, by=risk_manager, department=clean)
    assert len(as_admin.get(URL).context["blockers"]) == 2
    response = part(as_admin, URL, "department-form", {"sent": "1"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="/risks/?department=CLEAN"' in page
    assert 'href="/settings/people/?department=CLEAN"' in page
    assert Department.objects.get(pk=clean.pk).is_active


def numbers(response):
    """{link: the number that its sentence begins with}."""
    found = response.context["blockers"]
    return {one.url: int(re.search(r"[0-9]+", one.text)[0]) for one in found if one.url}


def test_each_number_is_that_of_the_list_it_opens(
    as_admin, ops, clean, tech, register, risk_manager, approver, staff_cleaning
):
    """The whole names what is in its parts, as the lists do; nothing of another department."""
    for department in (ops, clean, clean, tech):
        risk = make_risk(register, by=risk_manager, department=department)
        make_control(department, by=risk_manager)
        assess(risk, (4, 4), (4, 4), by=risk_manager, confirmed_by=approver)
        approve(submit_plan(make_plan(risk, by=risk_manager), by=risk_manager), approver)
    make_user("in.ops", "在运营", department=ops)
    for code, count in (("CLEAN", 2), ("OPS", 3)):
        found = numbers(as_admin.get(f"/settings/departments/{code}/close/"))
        lists = {
            f"/risks/?department={code}": count,
            f"/controls/?department={code}": count,
            f"/actions/?view=all&department={code}": count,
            f"/settings/people/?department={code}": count - 1,
        }
        assert {url: found[url] for url in lists} == lists
        for url in lists:
            assert as_admin.get(url).context["page"].count == found[url], url


def file(department, by):
    filing, _is_new = file_proposal(by=by, client_uuid=uuid4(), text="地滑", department=department)
    return filing


def test_filings_are_named_with_who_decides_on_them(
    as_admin, clean, staff_cleaning, risk_manager, head_cleaning
):
    """The administrator may not open the inbox, and it holds those of others, too."""
    filings = [file(clean, staff_cleaning) for _ in range(2)]
    page = as_admin.get(URL)
    _people, said = page.context["blockers"]
    assert said.url == ""
    for word in (*(str(filing.pk) for filing in filings), str(risk_manager)):
        assert word in said.text
    assert "/inbox/triage/" not in page.content.decode()


def test_where_nobody_decides_that_is_said(as_admin, clean, staff_cleaning):
    file(clean, staff_cleaning)
    assert "风险经理" in as_admin.get(URL).content.decode()


def test_registers_are_named_with_who_keeps_them(as_admin, clean, tech, risk_manager):
    """The administrator may not change them; the list of registers is open to them."""
    register = create_register(by=risk_manager, code="HOME", name_zh="保洁", department=clean)
    (said,) = as_admin.get(URL).context["blockers"]
    assert (said.url, as_admin.get(said.url).status_code) == ("/registers/", 200)
    for word in ("HOME", str(risk_manager)):
        assert word in said.text
    edit_register(register, by=risk_manager, version=1, department=tech)
    assert as_admin.post(URL).status_code == 302


def test_where_nobody_keeps_a_register_that_is_said(as_admin, clean):
    create_register(by=None, code="HOME", name_zh="保洁", department=clean)
    assert "风险经理" in as_admin.get(URL).content.decode()


def test_twice(as_admin, clean, admin):
    close_department(clean, by=admin)
    assert as_admin.get(URL).status_code == 302
    assert as_admin.post(URL).status_code == 409
