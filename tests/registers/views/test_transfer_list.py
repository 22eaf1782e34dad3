from datetime import timedelta

import pytest
from django.utils import timezone

from registers.models import InsurancePolicy, Supplier
from registers.services import TransferDraft, create_transfer, end_transfer
from tests.builders import make_policy
from tests.registers.pages import links_of, main_of

URL = "/transfers/"


def enter(by, model=InsurancePolicy, code="P-1", until=None, name="公众责任险"):
    day = None if until is None else timezone.localdate() + timedelta(days=until)
    draft = TransferDraft(code=code, name_zh=name, valid_until=day)
    return create_transfer(model, draft, by=by)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, "有效"), (90, "有效"), (45, "45 天后到期"), (3, "3 天后到期"), (0, "今天到期"),
        (-5, "已过期 5 天"),
    ],
)  # fmt: skip
def test_each_says_how_long_it_holds(manager, risk_manager, until, words):
    enter(risk_manager, until=until)
    assert words in main_of(manager.get(URL))


def test_what_is_ended_says_so_and_can_be_used_again(manager, risk_manager):
    end_transfer(enter(risk_manager, until=-5), by=risk_manager)
    page = manager.get(URL)
    assert "已停用" in main_of(page)
    assert "已过期" not in main_of(page)
    assert 'action="/transfers/policy:P-1/reopen/"' in page.content.decode()


def test_one_kind_in_each_tab(manager, risk_manager):
    enter(risk_manager, name="雇主险")
    enter(risk_manager, Supplier, name="安洁")
    ended = enter(risk_manager, Supplier, code="S-2", name="旧")
    end_transfer(ended, by=risk_manager)
    page = manager.get(f"{URL}?kind=supplier")
    assert [(view.count, view.is_current) for view in page.context["views"]] == [
        (1, False), (0, False), (1, True),
    ]  # fmt: skip
    assert [one.name for one in page.context["page"]] == ["安洁", "旧"]
    assert manager.get(f"{URL}?kind=nothing").status_code == 404


@pytest.mark.parametrize("who", ["head_cleaning", "staff_cleaning", "auditor", "approver"])
def test_others_read_and_change_nothing(risk_manager, sign_in, request, who):
    enter(risk_manager)
    page = sign_in(request.getfixturevalue(who)).get(URL)
    assert "公众责任险" in main_of(page)
    assert not links_of(page, "/transfers/policy")
    rows = page.content.decode().partition('id="transfer-rows"')[2].partition("</main>")[0]
    assert "<form" not in rows


def test_nobody_who_sees_no_risk(risk_manager, sign_in, outsider):
    enter(risk_manager)
    client = sign_in(outsider)
    assert client.get(URL).status_code == 403
    assert URL not in links_of(client.get("/"))


def test_none_yet_and_what_to_do(manager, sign_in, auditor):
    assert "/transfers/clause/new/" in links_of(manager.get(f"{URL}?kind=clause"))
    assert not links_of(sign_in(auditor).get(URL), "/transfers/policy/new/")


def test_the_rows_alone(manager, risk_manager, part):
    enter(risk_manager)
    assert part(manager, URL, "transfer-rows").content.decode().strip().startswith("<div")


def test_as_many_queries_for_more_rows(manager, risk_manager, queries):
    enter(risk_manager)
    one = queries(manager, URL)
    enter(risk_manager, code="P-2")
    enter(risk_manager, code="P-3")
    assert queries(manager, URL) == one


def test_wrong_method(manager):
    assert manager.post(URL).status_code == 405


def test_one_alone_by_its_code(sign_in, risk_manager):
    for code in ("P-1", "P-2"):
        make_policy(by=risk_manager, code=code)
    client = sign_in(risk_manager)
    for asked, found in (("p-2", ["P-2"]), ("P-9", []), ("", ["P-1", "P-2"])):
        page = client.get("/transfers/", {"kind": "policy", "code": asked})
        assert [one.code for one in page.context["page"]] == found
        assert ('<a href="?kind=policy">' in page.content.decode()) == bool(asked)
