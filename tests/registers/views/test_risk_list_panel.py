"""One risk beside the list."""

import re

import pytest

from registers.models import Risk
from registers.services import close_risk
from tests.builders import assess, make_plan, make_risk
from tests.registers.pages import links_of

URL = "/risks/"


@pytest.fixture
def listed(register, risk_manager, second_manager, head_cleaning, tech):
    """R001 High of OPS, R002 not rated of TECH."""
    first = make_risk(
        register, by=risk_manager, title="高处坠落", owner=head_cleaning, cause="未系安全带",
        consequence="摔伤",
    )  # fmt: skip
    make_risk(register, by=risk_manager, title="触电", department=tech)
    assess(first, (4, 4), (4, 3), by=risk_manager, confirmed_by=second_manager)
    return first


def keys_of(response):
    """{key: address} of what a single key presses."""
    body = response.content.decode()
    return {key: url for url, key in re.findall(r'href="([^"]+)" data-key="(\w)"', body)}


def test_the_address_says_which_risk_is_open(listed, manager):
    page = manager.get(f"{URL}?level=high&open=R001")
    body = page.content.decode()
    assert body.count('id="risk-panel"') == 1
    panel = body.split('id="risk-panel"')[1]
    assert 'data-open="R001"' in panel
    for words in ("高处坠落", "未系安全带", "摔伤", "周立", "rh-level-high"):
        assert words in panel
    assert page.context["panel"].close_url == "?level=high"
    assert page["HX-Push-Url"] == "/risks/?level=high&open=R001"


@pytest.mark.parametrize("code", ["r1", "R0001"])
def test_a_code_is_read_however_it_is_written(listed, manager, code):
    assert manager.get(f"{URL}?open={code}").context["panel"].risk == listed


@pytest.mark.parametrize("code", ["", "R999", "R002", "x"])
def test_what_is_not_there_for_the_user_opens_nothing(listed, sign_in, head_cleaning, part, code):
    client = sign_in(head_cleaning)
    page = client.get(f"{URL}?open={code}")
    assert (page.status_code, page.context["panel"]) == (200, None)
    assert "触电" not in page.content.decode()
    assert part(client, f"{URL}?open={code}", "risk-panel").status_code == 404


def test_the_part_is_the_panel_alone(listed, manager, part, queries):
    response = part(manager, f"{URL}?q=x&open=R001", "risk-panel")
    body = response.content.decode().strip()
    assert body.startswith("<aside")
    assert body.endswith("</aside>")
    assert "<table" not in body
    headers = {"HX-Request": "true", "HX-Target": "risk-panel"}
    assert queries(manager, f"{URL}?open=R001", **headers) <= 14


def test_opening_can_be_gone_back_from_and_moving_on_is_no_step(listed, manager):
    headers = {"HX-Request": "true", "HX-Target": "risk-panel"}
    url = f"{URL}?level=high&open=R001"
    first = manager.get(url, headers=headers | {"HX-Current-URL": "http://testserver/risks/"})
    assert first["HX-Push-Url"] == url
    assert "HX-Replace-Url" not in first
    here = "http://testserver/risks/?level=high&open=R002"
    moved = manager.get(url, headers=headers | {"HX-Current-URL": here})
    assert moved["HX-Replace-Url"] == url
    assert "HX-Push-Url" not in moved


def test_one_filled_button_is_the_next_step_and_keys_press_the_steps(listed, manager):
    bare = manager.get(f"{URL}?open=R001")
    assert bare.context["panel"].next.url == "/risks/R001/plan/new/"
    found = keys_of(bare)
    assert found == {
        "c": "/risks/new/", "p": "/risks/R001/plan/new/", "e": "/risks/R001/edit/",
        "a": "/risks/R001/assess/",
    }  # fmt: skip
    body = bare.content.decode().split('id="risk-panel"')[1].split("</aside>")[0]
    assert body.count("btn-primary") == 1
    unrated = manager.get(f"{URL}?open=R002")
    assert unrated.context["panel"].next.key == "a"
    assert "p" not in keys_of(unrated)


def test_who_only_reads_gets_no_buttons(listed, sign_in, auditor):
    page = sign_in(auditor).get(f"{URL}?open=R001")
    assert keys_of(page) == {}
    assert "rh-panel-foot" not in page.content.decode()


def test_a_closed_risk_says_so(listed, manager, risk_manager):
    other = Risk.objects.get(number=2)
    close_risk(other, by=risk_manager, reason="停办")
    other.refresh_from_db()
    body = manager.get(f"{URL}?open=R002").content.decode().split('id="risk-panel"')[1]
    assert f'<span class="rh-tag">{other.get_state_display()}</span>' in body
    assert "/risks/R002/reopen/" in body


def test_as_many_queries_for_a_risk_with_a_plan_and_history(listed, manager, queries, risk_manager):
    headers = {"HX-Request": "true", "HX-Target": "risk-panel"}
    before = queries(manager, f"{URL}?open=R001", **headers)
    make_plan(listed, by=risk_manager)
    assert queries(manager, f"{URL}?open=R001", **headers) <= before + 1


def test_a_row_still_leads_to_its_page(listed, manager):
    assert {"/risks/R001/", "/risks/R002/"} <= set(links_of(manager.get(URL)))
