from uuid import uuid4

import pytest

from registers.services import accept_proposal, decline_proposal, file_proposal
from tests.registers.pages import links_of, main_of
from tests.registers.services.test_risks import draft


@pytest.fixture
def filed(staff_cleaning, clean):
    proposal, _new = file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="厨房<b>地面</b>有油", department=clean
    )
    return proposal


def test_its_number_its_text_and_what_comes_next(filed, sign_in, staff_cleaning):
    page = sign_in(staff_cleaning).get(f"/m/filed/{filed.pk}")
    words = main_of(page)
    assert page.status_code == 200
    assert str(filed.pk) in words
    assert "&lt;b&gt;地面&lt;/b&gt;" in page.content.decode()
    assert words.count("risk") or "风险" in words


def test_once_decided_it_says_so(filed, sign_in, staff_cleaning, risk_manager):
    decline_proposal(filed, by=risk_manager, reason="重复")
    page = sign_in(staff_cleaning).get(f"/m/filed/{filed.pk}")
    assert filed.get_state_display() in main_of(page)


@pytest.mark.parametrize(("where", "leads"), [("clean", True), ("tech", False)])
def test_what_it_became_is_a_link_for_who_may_open_it(
    filed, sign_in, staff_cleaning, risk_manager, register, request, where, leads
):
    """Elsewhere the risk is not theirs to see."""
    department = request.getfixturevalue(where)
    accept_proposal(filed, draft(register, owner_department=department), by=risk_manager)
    client = sign_in(staff_cleaning)
    assert client.get("/risks/R001/").status_code == (200 if leads else 404)
    for url in (f"/m/filed/{filed.pk}", "/m/mine/"):
        page = client.get(url)
        assert "R001" in main_of(page)
        assert ("/risks/R001/" in links_of(page)) is leads


def test_only_its_filer_has_it(filed, sign_in, risk_manager, staff_repair, head_cleaning):
    for user in (risk_manager, staff_repair, head_cleaning):
        assert sign_in(user).get(f"/m/filed/{filed.pk}").status_code == 404


def test_a_number_that_there_is_not(sign_in, staff_cleaning):
    assert sign_in(staff_cleaning).get("/m/filed/9999").status_code == 404


def test_only_read(filed, sign_in, staff_cleaning):
    assert sign_in(staff_cleaning).post(f"/m/filed/{filed.pk}").status_code == 405
