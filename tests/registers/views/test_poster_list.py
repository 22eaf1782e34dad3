import pytest

from tests.registers.pages import links_of


def test_the_departments_for_which_one_answers(sign_in, head_cleaning, ops, clean, tech, repair):
    found = links_of(sign_in(head_cleaning).get("/posters/"))
    posters = {link for link in found if link.startswith("/posters/") and link != "/posters/"}
    assert posters == {"/posters/OPS/", "/posters/CLEAN/"}


@pytest.mark.parametrize(
    ("who", "status"),
    [("risk_manager", 200), ("head_repair", 200), ("staff_cleaning", 403), ("auditor", 403)],
)
def test_who_may(sign_in, request, who, status):
    assert sign_in(request.getfixturevalue(who)).get("/posters/").status_code == status


def test_it_has_a_place_in_the_navigation(sign_in, head_cleaning, staff_cleaning):
    assert "/posters/" in links_of(sign_in(head_cleaning).get("/posters/"))


def test_only_read(sign_in, risk_manager):
    assert sign_in(risk_manager).post("/posters/").status_code == 405
