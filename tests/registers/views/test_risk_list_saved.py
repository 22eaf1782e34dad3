"""Saved views on the list: who finds them, and what they show."""

import pytest

from registers.models import RiskArea
from riskhub.search.services import create_saved_view
from tests.builders import make_risk
from tests.registers.pages import codes_of

PAGE = "registers:risk_list"


@pytest.fixture
def listed(register, risk_manager, tech, clean):
    for department in (register.department, tech, clean):
        make_risk(register, by=risk_manager, department=department)


def save(by, name, query=None, **facts):
    return create_saved_view(PAGE, by=by, name=name, query=query or {}, columns=[], **facts)


def names_of(page):
    return [view.name for view in page.context["saved"].views]


def test_who_finds_which(
    listed, sign_in, risk_manager, head_cleaning, staff_cleaning, head_repair, auditor
):
    save(risk_manager, "公司", shared_with="all", is_pinned=True)
    save(risk_manager, "私人")
    save(head_cleaning, "部门", shared_with="department")
    for user, names in (
        (risk_manager, ["公司", "私人"]),
        (head_cleaning, ["公司", "部门"]),
        (staff_cleaning, ["公司", "部门"]),
        (head_repair, ["公司"]),
        (auditor, ["公司"]),
    ):
        page = sign_in(user).get("/risks/")
        assert sorted(names_of(page)) == sorted(names)
        assert [view.name for view in page.context["saved"].tabs] == ["公司"]


def test_a_shared_view_shows_what_one_may_see(listed, sign_in, risk_manager, staff_cleaning):
    view = save(risk_manager, "全部", {"level": ["none"]}, shared_with="all")
    assert codes_of(sign_in(risk_manager).get(view.get_absolute_url())) == ["R001", "R002", "R003"]
    page = sign_in(staff_cleaning).get(view.get_absolute_url())
    assert codes_of(page) == ["R003"]
    assert page.context["saved"].may_edit is False


def test_what_a_view_asks_for_and_is_gone_is_said(listed, sign_in, risk_manager, staff_cleaning):
    view = save(risk_manager, "技术", {"department": ["TECH"]}, shared_with="all")
    page = sign_in(staff_cleaning).get(view.get_absolute_url())
    assert codes_of(page) == []
    assert "“部门”" in page.context["filtered"].complaint
    area = save(risk_manager, "领域", {"area": ["quality"]})
    RiskArea.objects.filter(code="quality").update(is_active=False)
    page = sign_in(risk_manager).get(area.get_absolute_url())
    assert "“领域”" in page.context["filtered"].complaint
    assert page.context["filtered"].complaint in page.content.decode()


def test_the_tab_says_where_one_is_and_whether_it_was_changed(listed, manager, risk_manager):
    view = save(risk_manager, "未评", {"level": ["none"]})
    view.columns = ["level", "owner"]
    view.save()
    page = manager.get(view.get_absolute_url())
    saved = page.context["saved"]
    assert (saved.current, saved.is_changed, saved.may_edit) == (view, False, True)
    assert [tab.is_current for tab in page.context["views"]] == [False] * 5
    assert f'id="saved-{view.pk}"' in page.content.decode()
    changed = manager.get(f"{view.get_absolute_url()}&sort=code").context["saved"]
    assert changed.is_changed
    assert changed.query == "level=none&columns=level%2Cowner&sort=code"
    other = manager.get(view.get_absolute_url().replace("owner", "review"))
    assert other.context["saved"].is_changed


@pytest.mark.parametrize("key", ["999999", "x", "1 or 1"])
def test_a_view_that_is_not_theirs_is_as_none(listed, manager, key):
    page = manager.get("/risks/", {"saved": key})
    assert (page.context["saved"].current, len(codes_of(page))) == (None, 3)


def test_views_cost_one_query(listed, manager, risk_manager, queries):
    one = queries(manager, "/risks/")
    for number in range(3):
        save(risk_manager, str(number), shared_with="all", is_pinned=True)
    assert queries(manager, "/risks/") == one
