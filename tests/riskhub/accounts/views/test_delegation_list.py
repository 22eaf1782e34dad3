"""Who decides for whom: one's own, or all of them for who looks after people."""

from datetime import timedelta

import pytest
from django.utils import timezone

from riskhub.accounts.services import delegate_decisions

URL = "/settings/stand-ins/"


@pytest.fixture
def lend():
    def make(from_user, to_user, first=0, last=7):
        today = timezone.localdate()
        return delegate_decisions(
            from_user, to_user, by=from_user, reason="休假",
            begins_on=today + timedelta(days=first), last_on=today + timedelta(days=last),
        )  # fmt: skip

    return make


def shown(client):
    return [one for one, _may_end in client.get(URL).context["rows"]]


def test_each_sees_their_own_and_who_looks_after_people_sees_all(
    sign_in, lend, approver, risk_manager, outsider, staff_repair, auditor, head_cleaning
):
    for_approver, for_manager = lend(approver, outsider), lend(risk_manager, staff_repair)
    assert shown(sign_in(approver)) == [for_approver]
    assert shown(sign_in(outsider)) == [for_approver]
    assert shown(sign_in(staff_repair)) == [for_manager]
    assert shown(sign_in(head_cleaning)) == []
    assert {*shown(sign_in(auditor))} == {for_approver, for_manager}


def test_only_the_absent_and_the_administrator_are_offered_to_end_it(
    sign_in, lend, approver, outsider, auditor, admin
):
    lend(approver, outsider)
    offered = {
        user.username: [may for _one, may in sign_in(user).get(URL).context["rows"]]
        for user in (approver, outsider, auditor, admin)
    }
    assert offered == {
        "approver": [True], "outsider": [False], "auditor": [False], "admin": [True],
    }  # fmt: skip


def test_the_page_of_a_person_names_their_stand_in(as_admin, lend, approver, outsider):
    lend(approver, outsider)
    assert "由路人代理" in as_admin.get(f"/settings/people/{approver.pk}/").content.decode()
    assert "代理马文斌" in as_admin.get(f"/settings/people/{outsider.pk}/").content.decode()


def test_the_pages_of_decisions_say_in_whose_name(sign_in, lend, approver, outsider):
    client = sign_in(outsider)
    assert client.get("/approvals/").status_code == 403
    lend(approver, outsider)
    for url in ("/approvals/", "/assessments/waiting/"):
        assert "你同时代马文斌决定" in client.get(url).content.decode()


def test_the_inbox_of_decisions_leads_there_for_who_may_be_away(sign_in, approver, outsider, lend):
    lend(approver, outsider)
    assert f'href="{URL}">代理' in sign_in(approver).get("/approvals/").content.decode()
    assert f'class="btn btn-quiet rh-push" href="{URL}"' not in (
        sign_in(outsider).get("/approvals/").content.decode()
    )


def test_as_many_queries_for_three_as_for_one(
    as_admin, lend, approver, risk_manager, second_manager, outsider, queries
):
    lend(approver, outsider)
    one = queries(as_admin, URL)
    lend(risk_manager, outsider)
    lend(second_manager, outsider)
    assert queries(as_admin, URL) == one
