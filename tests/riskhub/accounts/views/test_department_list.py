"""The tree: each department below what it is a part of, with its head and its people."""

import re

from riskhub.accounts.services import (
    close_department,
    create_department,
    deactivate_user,
    edit_department,
    end_role,
)
from tests.cast import make_user

URL = "/settings/departments/"


def codes(response):
    return [department.code for department in response.context["departments"]]


def test_parts_stand_below_the_whole(as_admin, ops, clean, repair, staff_cleaning):
    shown = codes(as_admin.get(URL))
    assert shown.index("CLEAN") == shown.index("OPS") + 1
    assert shown.index("REPAIR") == shown.index("TECH") + 1
    rows = {row.code: row.people for row in as_admin.get(URL).context["departments"]}
    assert (rows["CLEAN"], rows["OPS"], rows["TECH"]) == (1, 1, 0)


def test_the_number_of_people_is_that_of_the_list_behind_it(as_admin, ops, clean, staff_cleaning):
    make_user("in.ops", "在运营", department=ops)
    gone = make_user("gone", "离职", department=ops)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    for department in as_admin.get(URL).context["departments"]:
        listed = as_admin.get(f"/settings/people/?department={department.code}").context["page"]
        assert department.people == listed.count


def test_who_heads_it_by_their_role_is_shown(as_admin, admin, ops, tech, clean, head_cleaning):
    """Where nobody is named as its head; not who had the role, is gone, or heads what it is a part of."""
    second = make_user("second", "第二", "department_head", ops)
    for username, ends in (("was", True), ("gone", False)):
        other = make_user(username, username, "department_head", ops)
        if ends:
            end_role(other.role_assignments.get(), by=admin)
        else:
            deactivate_user(other, by=admin)
    named = make_user("named", "负责人", department=tech)
    make_user("by.role", "角色", "department_head", tech)
    edit_department(tech, by=admin, version=None, head=named)
    page = as_admin.get(URL).content.decode()
    shown = {code: re.search(rf">{code}</td>.*?</td>\s*<td class=.rh-2.>(.*?)</td>", page, re.DOTALL)[1]
             for code in ("OPS", "TECH", "CLEAN")}  # fmt: skip
    names = "、".join(sorted([second.display_name, head_cleaning.display_name]))
    assert (sorted(shown["OPS"].split("、")), shown["TECH"]) == (names.split("、"), "负责人")
    assert "–" in shown["CLEAN"]


def test_as_many_queries_for_more_departments(as_admin, admin, ops, queries):
    head = make_user("h", "头", department=ops)
    edit_department(ops, by=admin, version=None, head=head)
    one = queries(as_admin, URL)
    for number in range(3):
        made = create_department(by=None, code=f"D{number}", name_zh=f"部{number}", parent=ops)
        boss = make_user(f"h{number}", "头", department=made)
        edit_department(made, by=admin, version=None, head=boss)
    assert queries(as_admin, URL) == one


def test_who_reads_is_offered_nothing_to_change(sign_in, risk_manager, admin, clean):
    page = sign_in(risk_manager).get(URL).content.decode()
    assert "/settings/departments/CLEAN/" not in page
    assert "/settings/departments/new/" not in page
    close_department(clean, by=admin)
    page = sign_in(admin).get(URL).content.decode()
    assert "/settings/departments/CLEAN/reopen/" in page
    assert "/settings/departments/CLEAN/edit/" not in page
