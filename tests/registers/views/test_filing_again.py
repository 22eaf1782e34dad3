"""Filed, gone back, sent again: the page comes with a new key, and yet it is one filing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from registers.models import RiskProposal
from riskhub.notices.models import Notice
from tests.registers.pages import main_of

SAW = "厨房地面有油"
URL = "/m/new"


@pytest.fixture
def client(sign_in, staff_cleaning, risk_manager):
    return sign_in(staff_cleaning)


@pytest.fixture
def send(client, clean):
    """`send()` is a page of its own; what is given replaces what it sends."""

    def posted(**values):
        sent = {"text": SAW, "department": clean.pk, "client_uuid": str(uuid4())}
        return client.post(URL, sent | values)

    return posted


def test_the_same_words_lead_to_the_first_receipt_which_says_so(client, send):
    key = str(uuid4())
    first, second = send()["Location"], send(client_uuid=key, text=f" {SAW}\r\n")["Location"]
    assert second == f"{first}?again={key}"
    assert (RiskProposal.objects.count(), Notice.objects.count()) == (1, 1)
    assert f'name="client_uuid" value="{key}"' in client.get(second).content.decode()
    assert "is_another" not in client.get(first).content.decode()


def test_what_happened_once_more_is_filed_too_but_once(send):
    first, key = send()["Location"], str(uuid4())
    send(client_uuid=key)
    answers = {send(client_uuid=key, is_another="1")["Location"] for _ in range(2)}
    (other,) = answers
    assert other != first
    assert "again" not in other
    assert RiskProposal.objects.count() == 2


def test_the_first_form_sent_again_after_that_leads_to_the_first(send):
    key = str(uuid4())
    first = send(client_uuid=key)["Location"]
    send(is_another="1")
    assert send(client_uuid=key)["Location"] == first
    assert RiskProposal.objects.count() == 2


def test_other_words_and_another_department_are_another_filing(send, sign_in, head_cleaning, ops):
    send()
    send(text=f"{SAW}，很滑")
    of_the_head = sign_in(head_cleaning)
    for department in (ops.pk, RiskProposal.objects.first().department_id):
        sent = {"text": SAW, "department": department, "client_uuid": str(uuid4())}
        assert "again" not in of_the_head.post(URL, sent)["Location"]
    assert RiskProposal.objects.count() == 4


def test_a_day_later_it_is_a_new_one(send):
    send()
    RiskProposal.objects.update(submitted_at=timezone.now() - timedelta(days=1))
    assert "again" not in send()["Location"]
    assert RiskProposal.objects.count() == 2


def test_an_address_with_something_else_is_the_receipt(client, send):
    receipt = send()["Location"]
    assert main_of(client.get(f"{receipt}?again=1")) == main_of(client.get(receipt))


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_back_and_send(window, staff_cleaning, risk_manager, script):
    with window(staff_cleaning, phone=True, java_script_enabled=script) as page:
        send = page.locator(".rh-act button[type=submit]")
        page.goto(URL)
        page.get_by_role("textbox").fill(SAW)
        send.click()
        page.wait_for_url("**/m/filed/*")
        page.go_back()
        page.wait_for_url(f"**{URL}")
        page.get_by_role("textbox").fill(SAW)
        send.click()
        page.wait_for_url("**/m/filed/*?again=*")
        assert RiskProposal.objects.count() == 1
        page.locator("[name=is_another]").click()
        page.wait_for_url(lambda url: "/m/filed/" in url and "again" not in url)
        assert RiskProposal.objects.count() == 2
