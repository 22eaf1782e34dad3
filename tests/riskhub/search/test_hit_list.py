import re

import pytest

from tests.access.database import fingerprint
from tests.builders import make_risk
from tests.controls import Controls

URL = "/search/"
BAR = {"HX-Request": "true", "HX-Target": "command-hits"}
PAGE = {"HX-Request": "true", "HX-Target": "search-hits"}


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager, title="安装后漏水")


def options(html):
    """(id, address) of each option of the list below the bar."""
    return re.findall(r'id="([\w-]+)" role="option" [^>]*href="([^"]*)"', html)


def test_the_page_without_script(sign_in, risk_manager, risk):
    page = sign_in(risk_manager).get(URL, {"q": "漏水"})
    assert page.context["groups"][0].hits[0].code == "R001"
    assert "/risks/R001/" in Controls(page.text).links
    assert 'value="漏水"' in page.text
    assert page.text.count('id="command-hits"') == 1  # that of the bar, empty


def test_below_the_bar_each_hit_is_an_option_with_a_link(sign_in, risk_manager, risk):
    part = sign_in(risk_manager).get(URL, {"q": "r1"}, headers=BAR).text
    assert re.match(r'\s*<div class="rh-hits" id="command-hits"', part)
    assert options(part)[0] == ("hit-risks-1", "/risks/R001/")
    assert part.count('role="listbox"') == 1
    assert "<h1>" not in part


def test_the_part_of_the_page(sign_in, risk_manager, risk):
    part = sign_in(risk_manager).get(URL, {"q": "r1"}, headers=PAGE).text
    assert re.match(r'\s*<div class="rh-stack mt-3" id="search-hits"', part)
    assert options(part) == []


def test_fewer_below_the_bar_with_a_way_to_all(sign_in, risk_manager, register):
    for number in range(8):
        make_risk(register, by=risk_manager, title=f"漏水 {number}")
    client = sign_in(risk_manager)
    found = options(client.get(URL, {"q": "漏水"}, headers=BAR).text)
    assert [name for name, _url in found] == [
        *(f"hit-risks-{n}" for n in range(1, 7)),
        "hit-risks-all",
    ]
    assert found[-1][1] == "/risks/?q=%E6%BC%8F%E6%B0%B4"
    assert len(client.get(URL, {"q": "漏水"}).context["groups"][0].hits) == 8


def test_nothing_found_is_said_with_what_helps(sign_in, risk_manager):
    client = sign_in(risk_manager)
    assert "“没有这个”" in client.get(URL, {"q": "没有这个"}).text
    part = client.get(URL, {"q": "没有这个"}, headers=BAR).text
    assert "“没有这个”" in part
    assert 'role="listbox"' not in part


ODD = ("<script>x</script>", "'; --", "\\", ":*&|!()", "%_", "x" * 500, "😀")


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_texts(sign_in, risk_manager, risk, text):
    client = sign_in(risk_manager)
    page = client.get(URL, {"q": text})
    assert page.status_code == 200
    assert "<script>x" not in page.text


def test_looking_changes_nothing(sign_in, auditor, risk):
    client = sign_in(auditor)
    before = fingerprint()
    client.get(URL, {"q": "漏水"})
    assert fingerprint() == before


def test_it_is_only_read(sign_in, risk_manager):
    assert sign_in(risk_manager).post(URL).status_code == 405


def test_nobody_signed_in_goes_to_the_sign_in_page(sign_in):
    assert sign_in().get(URL).status_code == 302


def test_the_bar_stands_on_every_page_and_leads_here(sign_in, outsider):
    page = sign_in(outsider).get("/")
    assert ("get", URL) in Controls(page.text).actions
    assert URL in Controls(page.text).links  # the button of phones
