"""One question per page, without an account and without scripts."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from incidents.complaints.draft import draft_in
from incidents.models import Complaint
from riskhub.files.models import Attachment
from tests.incidents.views.asked import TOLD, page_of, tell
from tests.photos import picture

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("step", "then"),
    [("what", "order"), ("order", "wish"), ("wish", "contact"), ("contact", "photos"),
     ("photos", "check")],
)  # fmt: skip
def test_each_page_leads_to_the_next(client, step, then):
    for name in TOLD:
        answer = client.post(page_of(name), TOLD[name])
        if name == step:
            break
    assert (answer.status_code, answer["Location"]) == (302, f"/complain/{then}")


@pytest.mark.parametrize("step", ["order", "wish", "contact", "photos", "check", "done"])
def test_no_question_is_skipped(client, step):
    answer = client.get(f"/complain/{step}")
    assert (answer.status_code, answer["Location"]) == (302, "/complain")


def test_what_is_no_question_does_not_exist(client):
    assert client.get("/complain/nothing").status_code == 404


def test_what_was_told_stands_there_again(client):
    tell(client)
    form = client.get("/complain").context["form"]
    assert (form["text"].value(), form["troubles"].value()) == (
        "厨房漏水,地板泡坏了",
        ["damage"],
    )
    page = client.get("/complain/contact")
    assert page.context["form"]["phone"].value() == "138 1234 5678"
    assert page.context["is_change"] is True


@pytest.mark.parametrize(
    ("step", "typed", "field"),
    [
        ("what", {"text": " \u200b"}, "text"),
        ("what", {"text": "漏" * 4001}, "text"),
        ("what", {"text": "漏水", "troubles": ["none such"]}, "troubles"),
        ("order", {"service_line": "987654"}, "service_line"),
        ("wish", {"wish": "gold"}, "wish"),
        ("contact", {}, "phone"),
        ("contact", {"phone": "12"}, "phone"),
        ("contact", {"email": "chen at example"}, "email"),
    ],
)
def test_what_is_wrong_is_said_and_stays_typed(client, step, typed, field):
    for name in TOLD:
        if name == step:
            break
        client.post(page_of(name), TOLD[name])
    page = client.post(page_of(step), typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    for value in typed.values():
        if isinstance(value, str) and step != "order":
            assert page.context["form"][field].value() == typed[field]


def test_whoever_looks_by_themselves_types_no_number(client):
    tell(client, contact={"by_code": "on"})
    client.post("/complain/check")
    assert Complaint.objects.get().contact_hashes == []


def test_what_a_machine_fills_in_is_not_kept(client):
    answer = client.post("/complain", TOLD["what"] | {"website": "https://example.com"})
    assert answer["Location"] == "/complain"
    assert client.get("/complain/order")["Location"] == "/complain"


def test_photos_are_kept_until_it_is_sent(client):
    tell(client, photos={"photos": [SimpleUploadedFile("IMG.jpg", picture("teal", size=(40, 30)))]})
    assert len(client.get("/complain/check").context["photos"]) == 1
    assert client.get("/complain/photos").status_code == 200
    client.post("/complain/check")
    assert Attachment.objects.get().owner == f"incidents.complaint-{Complaint.objects.get().pk}"


def test_after_it_was_sent_a_new_one_begins(client):
    tell(client).post("/complain/check")
    assert client.get("/complain").context["form"]["text"].value() is None
    client.post("/complain", {"text": "又漏了"})
    for step in ("order", "wish", "contact", "photos"):
        client.post(page_of(step), TOLD[step])
    client.post("/complain/check")
    assert Complaint.objects.count() == 2


def test_the_page_is_small_and_asks_for_no_script(client):
    page = client.get("/complain")
    assert len(page.content) < 12_000
    assert "data-hx-" not in page.text


def switched(client, url, **typed):
    return client.post(url, typed | {"language": "en"})


def test_the_switch_of_the_language_keeps_what_was_typed(client):
    answer = switched(client, "/complain", text="漏水了", troubles=["damage"], website="")
    assert (answer.status_code, answer["Location"]) == (302, "/complain")
    page = client.get("/complain")
    form = page.context["form"]
    assert (form["text"].value(), form["troubles"].value()) == ("漏水了", ["damage"])
    assert "What happened?" in page.text
    assert draft_in(client.session).told == {}
    client.post("/complain", {"text": "漏水了", "troubles": ["damage"]})
    assert draft_in(client.session).typed == {}


def test_what_is_not_right_yet_is_kept_too(client):
    tell(client)
    switched(client, "/complain/contact", phone="12", email="x", name="陈", by_code="on")
    form = client.get("/complain/contact").context["form"]
    kept = [form[name].value() for name in ("phone", "email", "name", "by_code")]
    assert kept == ["12", "x", "陈", "on"]
    assert draft_in(client.session).told["contact"]["phone"] == "138 1234 5678"


def test_photos_that_were_chosen_are_kept(client):
    tell(client)
    photo = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    switched(client, "/complain/photos", photos=photo)
    page = client.get("/complain/photos")
    assert len(page.context["form"].fields["photos"].widget.kept) == 1


def test_after_sending_the_switch_begins_a_new_one(client):
    tell(client).post("/complain/check")
    switched(client, "/complain", text="又有一件")
    assert client.get("/complain").context["form"]["text"].value() == "又有一件"


def test_no_language_of_ours_is_no_switch(client):
    assert client.post("/complain", {"text": "漏水", "language": "fr"})["Location"].endswith(
        "/order"
    )


def test_enter_goes_on_and_does_not_switch(client):
    """The first button that belongs to the form is the one that Enter presses."""
    buttons = re.findall(r'<button[^>]*form="tell"[^>]*>', client.get("/complain").text)
    assert ["language" in one for one in buttons] == [False, True]
