import json

import pytest
from django.urls import reverse

from riskhub.audit.models import AuditEvent
from riskhub.work.models import Work


def url_of(work):
    return reverse("oversight:work_retry", args=[work.pk])


def test_retrying_makes_it_due_again_and_says_who_did_it(sign_in, risk_manager, dead_work):
    work, other = dead_work("mail:1"), dead_work("mail:2")
    response = sign_in(risk_manager).post(url_of(work))
    assert response.headers["Location"] == reverse("oversight:work_list")
    work.refresh_from_db()
    other.refresh_from_db()
    assert (work.state, work.attempts, work.error) == ("due", 0, "")
    assert other.state == "dead"
    event = AuditEvent.objects.get(action="work.retried")
    told = event.actor_id, event.operation, event.object_type, event.object_id, event.object_label
    assert told == (risk_manager.pk, "note", "work_work", str(work.pk), "mail:1")


def test_with_htmx_the_page_is_fetched_again(sign_in, admin, dead_work):
    response = sign_in(admin).post(url_of(dead_work()), headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert reverse("oversight:work_list") in response.headers["HX-Location"]


def test_pressed_on_the_home_page_it_comes_back_there(sign_in, risk_manager, dead_work):
    client = sign_in(risk_manager)
    assert client.post(url_of(dead_work("a")), {"from": "home"}).headers["Location"] == "/"
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/"}
    part = client.post(url_of(dead_work("b")), {"from": "home"}, headers=headers)
    assert (part.status_code, json.loads(part.headers["HX-Location"])["path"]) == (204, "/")
    page = client.get("/")
    assert [message.level_tag for message in page.context["messages"]] == ["success", "success"]
    assert page.context["urgent"] == page.context["banners"] == []


@pytest.mark.parametrize("origin", ["https://evil.example/", "//evil.example", "", "audit"])
def test_from_anywhere_else_to_the_full_list(sign_in, risk_manager, dead_work, origin):
    response = sign_in(risk_manager).post(url_of(dead_work()), {"from": origin})
    assert response.headers["Location"] == reverse("oversight:work_list")


def test_what_runs_again_already_is_left_alone(sign_in, risk_manager, dead_work):
    work = dead_work(state="due", attempts=2)
    client = sign_in(risk_manager)
    page = client.post(url_of(work), follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    work.refresh_from_db()
    assert (work.state, work.attempts) == ("due", 2)
    assert not AuditEvent.objects.filter(action="work.retried").exists()


def test_reading_the_address_is_refused(sign_in, risk_manager, dead_work):
    assert sign_in(risk_manager).get(url_of(dead_work())).status_code == 405


def test_what_does_not_exist_is_not_found(sign_in, risk_manager):
    url = reverse("oversight:work_retry", args=[404])
    assert sign_in(risk_manager).post(url).status_code == 404


@pytest.mark.parametrize("name", ["approver", "auditor", "head_cleaning", "outsider"])
def test_who_may_not_changes_nothing(sign_in, request, dead_work, name):
    work = dead_work()
    assert sign_in(request.getfixturevalue(name)).post(url_of(work)).status_code == 403
    assert Work.objects.get(pk=work.pk).state == "dead"
