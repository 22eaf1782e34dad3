"""A filing that waited on a phone: it arrives once, with the moment of its writing, from its author."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from registers.models import RiskProposal
from registers.services import ask_filer, file_proposal
from riskhub.web.offline import owner_of
from tests.riskhub.web.browser import violations

pytestmark = pytest.mark.django_db
URL = "/m/new"
SEND = ".rh-act button[type=submit]"
NO_NETWORK = ("ERR_INTERNET_DISCONNECTED", "htmx:")


@pytest.fixture
def values(clean, staff_cleaning):
    return {
        "text": "楼梯灯坏了", "department": clean.pk, "client_uuid": str(uuid4()),
        "owner": owner_of(staff_cleaning), "waited": "7200",
    }  # fmt: skip


def test_both_moments_are_kept_and_shown(sign_in, staff_cleaning, risk_manager, values):
    staff = sign_in(staff_cleaning)
    receipt = staff.post(URL, values)["Location"]
    filed = RiskProposal.objects.get()
    assert filed.written_at == pytest.approx(
        filed.submitted_at - timedelta(hours=2), abs=timedelta(seconds=5)
    )
    assert "在手机上填写于" in staff.get(receipt).text
    assert "在手机上填写于" in sign_in(risk_manager).get(f"/inbox/triage/{filed.pk}/").text


def test_without_a_name_no_other_moment_is_kept(sign_in, staff_cleaning, values):
    sign_in(staff_cleaning).post(URL, values | {"is_anonymous": "on", "kinds": ["near_miss"]})
    assert RiskProposal.objects.get().written_at is None


def test_what_one_person_wrote_is_not_filed_as_anothers(sign_in, head_cleaning, values):
    response = sign_in(head_cleaning).post(URL, values)
    assert (response.status_code, RiskProposal.objects.count()) == (422, 0)
    assert "这是别人在您登录之前写的" in response.text


def test_nobody_writes_after_it_came(clean, staff_cleaning):
    ahead = timezone.now() + timedelta(days=1)
    filed, _new = file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="灯坏了", department=clean, written_at=ahead
    )
    assert filed.written_at == filed.submitted_at
    row = RiskProposal.objects.filter(pk=filed.pk)
    with pytest.raises(IntegrityError, match="written_before_submitted"), transaction.atomic():
        row.update(written_at=ahead)


@pytest.mark.browser
def test_filed_without_network_it_arrives_once(window, staff_cleaning, risk_manager):
    with window(staff_cleaning, phone=True, allowed=NO_NETWORK) as page:
        page.goto(URL)
        page.fill("[name=text]", "楼梯灯坏了")
        page.context.set_offline(True)
        page.dblclick(SEND)
        page.locator("[data-outbox-panel]").wait_for()
        page.click("[data-outbox-another]")
        page.fill("[name=text]", "扶手松动")
        assert page.locator("[data-outbox-line] a").count() == 1
        assert page.locator("[data-photos][data-live]").count() == 1
        page.click(SEND)
        page.locator("[data-outbox-panel]").wait_for()
        assert violations(page) == []
        page.context.set_offline(False)
        page.locator("[data-receipt]").wait_for()
        page.goto("/m/outbox")
        page.wait_for_function("() => document.querySelectorAll('[data-done]').length >= 2")
    assert sorted(RiskProposal.objects.values_list("text", flat=True)) == ["扶手松动", "楼梯灯坏了"]


@pytest.mark.browser
def test_an_answer_waits_for_the_network_too(window, staff_cleaning, risk_manager, clean):
    filed, _new = file_proposal(
        by=staff_cleaning, client_uuid=uuid4(), text="灯坏了", department=clean
    )
    ask_filer(filed, by=risk_manager, question="哪一盏？")
    with window(staff_cleaning, phone=True, allowed=NO_NETWORK) as page:
        page.goto(f"/m/filed/{filed.pk}/answer")
        page.fill("[name=text]", "楼梯口那盏")
        page.context.set_offline(True)
        page.click(SEND)
        page.locator("[data-outbox-panel]").wait_for()
        page.context.set_offline(False)
        page.locator("[data-receipt]").wait_for()
        assert re.search(r"/m/filed/\d+$", page.locator("[data-receipt]").get_attribute("href"))
    assert filed.messages.order_by("pk").last().text == "楼梯口那盏"
