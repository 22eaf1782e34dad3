"""A customer complains without an account, follows it with number and secret, and answers the offer."""

import re

import pytest

from incidents.models import Complaint
from riskhub.files.models import Attachment
from tests.cast import make_user
from tests.flows.words import words_in
from tests.incidents.complaining import contact, offer
from tests.photos import picture

pytestmark = pytest.mark.browser
PHOTO = {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(1200, 900))}
SECRET = re.compile(r"[2-9A-Z]{5}-[2-9A-Z]{5}")


@pytest.fixture
def service(stack):
    return make_user("service", "吴敏", "customer_service")


def go_on(page, say):
    page.get_by_role("button", name=say("Continue"), exact=True).click()


def complain(page, say, text, *, photo=False, script=True):
    """Five questions, a look at the answers, and what the receipt says."""
    page.goto("/complain")
    page.get_by_label(say("What happened?")).fill(text)
    page.get_by_label(say("Something is broken or missing")).check()
    go_on(page, say)
    go_on(page, say)  # no order
    page.get_by_label(say("Money back")).check()
    go_on(page, say)
    page.get_by_label(say("Telephone")).fill("138 1234 5678")
    go_on(page, say)
    if photo:
        page.locator("#id_photos_1").set_input_files(PHOTO)
        if script:
            page.locator(".rh-thumbs-live img").wait_for()
    go_on(page, say)
    page.get_by_text(text).wait_for()
    page.get_by_role("button", name=say("Send the complaint")).click()
    page.get_by_role("heading", name=say("We have it")).wait_for()
    return page.locator(".rh-receipt dd").all_inner_texts()


def follow(page, say, secret):
    """From the receipt; the number comes along, the secret is typed."""
    page.get_by_role("link", name=say("See how it stands")).click()
    page.get_by_label(say("Secret")).fill(secret.lower())
    page.get_by_role("button", name=say("Show it")).click()
    page.get_by_role("heading", name=say("We have your complaint")).wait_for()
    assert secret not in page.url


def put_offer(service):
    complaint = Complaint.objects.get()
    contact(complaint, service, "明天上门")
    return offer(complaint, service, amount=300, text="免费更换接口")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_on_a_phone_in_chinese_the_offer_is_accepted(service, visit, script):
    say = words_in("zh-hans")
    with visit(phone=True, language="zh-hans", java_script_enabled=script) as page:
        number, secret = complain(page, say, "净水器漏水，地板泡坏了", photo=True, script=script)
        assert SECRET.fullmatch(secret)
        follow(page, say, secret)
        put_offer(service)
        page.reload()
        page.get_by_text("免费更换接口").wait_for()
        page.get_by_label(say("What you want to say about it (optional)")).fill("周末来")
        page.get_by_role("button", name=say("Accept the offer")).click()
        page.get_by_role(
            "heading", name=say("You accepted our offer: now we do what we promised")
        ).wait_for()
    complaint = Complaint.objects.get()
    assert (complaint.code, complaint.state, complaint.lang) == (number, "accepted", "zh-hans")
    assert complaint.offers.get().answer_text == "周末来"
    assert Attachment.objects.count() == 1


def test_on_a_desktop_in_english_it_is_declined_with_a_message(service, visit):
    say = words_in("en")
    with visit(language="en") as page:
        _number, secret = complain(page, say, "The floor is soaked")
        follow(page, say, secret)
        put_offer(service)
        page.reload()
        page.get_by_role("button", name=say("Decline it")).click()
        page.get_by_role(
            "heading", name=say("You declined our offer: we look for another way")
        ).wait_for()
        page.get_by_text(say("Write to us"), exact=True).click()
        page.get_by_label(say("Your message")).fill("The neighbours below are wet, too")
        page.get_by_role("button", name=say("Send the message")).click()
        page.locator(".rh-talk .own").get_by_text("The neighbours below are wet, too").wait_for()
    complaint = Complaint.objects.get()
    assert (complaint.state, complaint.lang, complaint.messages.count()) == ("declined", "en", 2)
