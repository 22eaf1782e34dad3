import pytest

from riskhub.accounts.services import assign_role, create_user


@pytest.fixture
def url(risk):
    return f"/comments/of/registers.risk-{risk.pk}/people/"


def written(page):
    return [person.written for person in page.context["people"]]


def test_only_those_who_see_the_risk_are_offered(
    url, manager, head_cleaning, staff_repair, head_repair, staff_cleaning, outsider, auditor
):
    assert set(written(manager.get(url))) == {"周立", "孙悦"}
    for words in ("赵勇", "staff.repair", "何", "路人"):
        assert written(manager.get(f"{url}?q={words}")) == []


def test_by_user_name_or_displayed_name(url, manager, head_cleaning, auditor):
    for words in ("周", "head.c", "HEAD"):
        assert written(manager.get(f"{url}?q={words}")) == ["周立"]


def test_where_two_share_a_name_the_user_name_is_written(url, manager, head_cleaning, ops):
    twin = create_user(by=None, username="zhou.li", display_name="周立", department=ops)
    assign_role(twin, by=None, role="staff", department=ops)
    assert set(written(manager.get(f"{url}?q=周"))) == {"head.cleaning", "zhou.li"}


def test_only_the_list_for_the_box(url, manager, part, head_cleaning):
    body = part(manager, url, "comment-people").content.decode()
    assert body.strip().startswith('<ul id="comment-people" role="listbox"')
    assert "<html" not in body


def test_as_many_queries_for_one_as_for_many(
    url, manager, queries, head_cleaning, auditor, approver
):
    assert queries(manager, f"{url}?q=周") == queries(manager, url)


def test_only_read(url, manager):
    assert manager.post(url).status_code == 405
