import re
from html import unescape

import pytest
import segno

URL = "/posters/CLEAN/"


def test_its_code_opens_the_form_for_the_department(sign_in, head_cleaning, clean):
    page = sign_in(head_cleaning).get(URL)
    address = "http://testserver/m/new?department=CLEAN"
    assert address in unescape(page.content.decode())
    drawn = re.findall(r'stroke="#000" d="([^"]+)"', page.content.decode())
    expected = segno.make(address, error="q", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, lineclass=None
    )
    assert drawn[-1] in expected


@pytest.mark.parametrize(("host", "warned"), [("testserver", False), ("127.0.0.1:8000", True)])
def test_an_address_that_no_phone_can_open_is_named(sign_in, head_cleaning, clean, host, warned):
    answer = sign_in(head_cleaning).get(URL, HTTP_HOST=host)
    assert answer.context["is_local"] == warned
    assert ("只在这台电脑上有效" in answer.content.decode()) == warned


def test_the_form_opens_with_that_department(sign_in, head_cleaning, ops, clean):
    form = sign_in(head_cleaning).get("/m/new?department=CLEAN").context["form"]
    assert (form["department"].value(), form.is_elsewhere) == (clean.pk, False)


def test_a_code_of_another_department_says_so_and_not_which(sign_in, staff_cleaning, repair, clean):
    pages = [
        sign_in(staff_cleaning).get(f"/m/new?department={code}").content.decode()
        for code in ("REPAIR", "NONE")
    ]
    assert all("不负责上报" in page for page in pages)
    assert all("维修组" not in page for page in pages)


def test_signed_out_it_comes_back_with_the_department(sign_in):
    assert (
        sign_in()
        .get("/m/new?department=CLEAN")["Location"]
        .endswith("?next=/m/new%3Fdepartment%3DCLEAN")
    )


def test_another_department_is_not_there(sign_in, head_cleaning, repair, clean):
    client = sign_in(head_cleaning)
    for code in ("REPAIR", "TECH", "NONE"):
        assert client.get(f"/posters/{code}/").status_code == 404


def test_who_may_not(sign_in, staff_cleaning, auditor, clean):
    for user in (staff_cleaning, auditor):
        assert sign_in(user).get(URL).status_code == 403


def test_only_read(sign_in, risk_manager, clean):
    assert sign_in(risk_manager).post(URL).status_code == 405
