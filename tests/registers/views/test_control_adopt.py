import pytest

from registers.models import Control, LibraryControl
from registers.services import adopt_controls
from tests.registers.audit import Trail
from tests.registers.pages import links_of, main_of, messages_of

URL = "/controls/library/"


@pytest.fixture
def values(ops):
    return {"entries": ["C-03", "C-04"], "state": "draft", "department": "OPS"}


def test_the_55_by_type(db, manager):
    page = manager.get(URL)
    assert page.context["count"] == 55
    assert [len(entries) for _type, entries in page.context["types"]] == [42, 8, 5]
    assert "断电验电挂牌" in main_of(page)


def test_a_search_in_either_language(db, manager):
    assert manager.get(URL, {"q": "harness"}).context["count"] == 1
    assert manager.get(URL, {"q": "安全带"}).context["count"] == 1
    assert manager.get(URL, {"q": "nothing"}).context["count"] == 0


def test_ticked_ones_are_adopted(values, manager):
    trail = Trail()
    response = manager.post(URL, values)
    assert (response.status_code, response["Location"]) == (302, "/controls/")
    assert list(Control.objects.order_by("number").values_list("code", "state")) == [
        ("C-03", "draft"), ("C-04", "draft"),
    ]  # fmt: skip
    actions = {e.action for e in trail.rows() if e.object_type == "registers_control"}
    assert actions == {"library_control.adopted"}
    assert "/controls/C-03/" in links_of(manager.get(URL))


def test_in_use_at_once(values, manager):
    manager.post(URL, values | {"state": "active"})
    assert all(one.is_in_use and one.next_check_on for one in Control.objects.all())


def test_what_is_there_is_said(values, manager):
    manager.post(URL, values | {"entries": ["C-03"]})
    (said,) = messages_of(manager.post(URL, values))[-1:]
    assert said.count("1") == 2
    assert Control.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [{"entries": []}, {"entries": ["C-99"]}, {"state": "retired"}, {"department": "NOPE"}],
)
def test_what_cannot_be(values, manager, part, change):
    response = part(manager, URL, "library-form", values | change)
    assert response.status_code == 422
    assert Control.objects.count() == 0


def test_a_head_adopts_for_their_own(values, sign_in, head_cleaning, tech):
    client = sign_in(head_cleaning)
    assert client.post(URL, values | {"department": "TECH"}).status_code == 422
    client.post(URL, values)
    assert {one.owner_department.code for one in Control.objects.all()} == {"OPS"}


def test_what_others_adopted_is_not_told(values, risk_manager, ops, sign_in, head_cleaning):
    adopt_controls(LibraryControl.objects.filter(code="C-04"), by=risk_manager, department=ops)
    assert "/controls/C-04/" not in links_of(sign_in(head_cleaning).get(URL))


@pytest.mark.parametrize("who", ["staff_cleaning", "auditor", "approver", "outsider"])
def test_others_only_read(values, sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    page = client.get(URL)
    assert page.status_code == 200
    assert 'type="checkbox"' not in page.content.decode()
    assert client.post(URL, values).status_code == 403
    assert Control.objects.count() == 0


def test_as_many_queries_whatever_was_adopted(values, manager, queries):
    one = queries(manager, URL)
    manager.post(URL, values)
    manager.get(URL)  # the message is read
    assert queries(manager, URL) == one


def test_wrong_method(db, manager):
    assert manager.put(URL).status_code == 405
