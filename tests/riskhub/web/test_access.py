import pytest

from riskhub.web.requests import client_ip

HX = {"HX-Request": "true"}


def test_nobody_signed_in_is_sent_to_sign_in_and_back(client, db):
    answer = client.get("/web/parts/?tab=2")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/web/parts/%3Ftab%3D2"


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://testserver/web/thing/?x=1", "/web/thing/"),
        ("https://evil.example/web/thing/", "/"),
        ("", "/"),
    ],
)
def test_after_a_post_back_to_the_page_with_the_form(client, db, referrer, back):
    answer = client.post("/web/press/", headers={"Referer": referrer} if referrer else {})
    assert answer["Location"] == f"/accounts/login/?next={back}"


def test_a_part_says_so_and_stays(client, db):
    answer = client.post("/web/press/", headers=HX)
    assert (answer.status_code, answer["HX-Retarget"]) == (401, "#notes")
    assert b'href="/accounts/login/" target="_blank"' in answer.content


def test_permitted_asks_the_predicate(client, manager, staff):
    assert client.get("/web/only-manager/").status_code == 302
    client.force_login(staff)
    assert client.get("/web/only-manager/").status_code == 403
    client.force_login(manager)
    assert client.get("/web/only-manager/").content == b"ok"


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        (0, "9.9.9.9", "192.0.2.1"),
        (1, "9.9.9.9, 198.51.100.7", "198.51.100.7"),
        (2, "9.9.9.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "10.0.0.1", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(rf, settings, hops, forwarded, address):
    settings.PROXY_HOPS = hops
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})
    assert client_ip(request) == address
