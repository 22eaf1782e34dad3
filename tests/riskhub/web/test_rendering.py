import pytest
from django.forms import formset_factory

from riskhub.web.rendering import render_page
from tests.riskhub.web.pages import PartForm

HX = {"HX-Request": "true"}


@pytest.fixture
def signed_in_client(client, manager):
    client.force_login(manager)
    return client


def test_the_whole_page_without_htmx(signed_in_client):
    page = signed_in_client.get("/web/things/")
    assert page.status_code == 200
    assert page.content.startswith(b"<!doctype html>")
    assert "HX-Retarget" not in page


def test_the_target_names_the_partial(signed_in_client):
    part = signed_in_client.get("/web/things/", headers=HX | {"HX-Target": "thing-rows"})
    assert part.status_code == 200
    assert part.content.strip().startswith(b'<div class="rh-card" id="thing-rows"')
    assert "HX-Retarget" not in part


@pytest.mark.parametrize("target", ["", "nothing", "a#b", "../x", "thing-rows\x00", "page"])
def test_a_forged_target_gets_the_page_in_place_of_the_page(signed_in_client, target):
    page = signed_in_client.get("/web/things/", headers=HX | {"HX-Target": target})
    assert page.status_code == 200
    assert page.content.startswith(b"<!doctype html>")
    assert page["HX-Retarget"] == page["HX-Reselect"] == "#page"
    assert page["HX-Reswap"] == "outerHTML"


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_boosted_and_restored_pages_are_whole(signed_in_client, header):
    headers = HX | {"HX-Target": "thing-rows", header: "true"}
    page = signed_in_client.get("/web/things/", headers=headers)
    assert page.content.startswith(b"<!doctype html>")
    assert "HX-Retarget" not in page


@pytest.mark.parametrize("headers", [{}, HX | {"HX-Target": "thing-form"}])
def test_an_invalid_form_is_422(signed_in_client, headers):
    answer = signed_in_client.post("/web/thing/", {"row_version": 2}, headers=headers)
    assert answer.status_code == 422
    assert answer.content.startswith(b"<!doctype html>") is not bool(headers)
    assert b'id="id_display_name_error"' in answer.content


def test_a_bound_filter_form_is_no_refusal(signed_in_client):
    assert signed_in_client.get("/web/parts/?level=forged").status_code == 200


@pytest.mark.parametrize(("title", "status"), [("", 422), ("一行", 200)])
def test_an_invalid_formset_is_422(rf, manager, title, status):
    request = rf.post("/")
    request.user = manager
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-cards": "1"}
    rows = formset_factory(PartForm)(data | {"form-0-title": title, "form-0-text": "x"})
    assert render_page(request, "components/toast.html", {"rows": rows}).status_code == status


def test_a_status_of_its_own_wins(rf, manager):
    request = rf.post("/")
    request.user = manager
    context = {"form": PartForm({})}
    assert render_page(request, "components/toast.html", context, status=409).status_code == 409
