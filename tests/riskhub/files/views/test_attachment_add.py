import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import get_template
from django.test import RequestFactory

from riskhub.files.models import Attachment
from riskhub.files.reading import attachments_of
from riskhub.files.services import attach_files
from tests.photos import kept_photo, picture
from tests.registers.audit import Trail


@pytest.fixture
def url(risk):
    return f"/files/of/registers.risk-{risk.pk}/"


def upload(name="现场.jpg", content=None):
    return SimpleUploadedFile(name, picture() if content is None else content)


def test_it_is_attached_and_the_page_of_the_thing_follows(url, risk, sign_in, staff_cleaning):
    trail = Trail()
    response = sign_in(staff_cleaning).post(
        url, {"uploads": [upload(), upload("规程.txt", "一".encode())]}
    )
    risk.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, risk.get_absolute_url())
    assert [str(one) for one in attachments_of(risk)] == ["现场.jpg", "规程.txt"]
    assert {(action, table) for action, table, _ in trail.events()} == {
        ("attachment.added", "files_attachment"), ("attachment.added", "files_storedfile"),
    }  # fmt: skip


def test_sent_twice_it_is_there_once(url, risk, sign_in, risk_manager):
    client = sign_in(risk_manager)
    for _ in range(2):
        assert client.post(url, {"uploads": upload()}).status_code == 302
    assert Attachment.objects.of(risk).count() == 1


def test_what_is_refused_leaves_what_was_good_in_the_form(url, risk, sign_in, risk_manager):
    client = sign_in(risk_manager)
    sent = {"uploads": [upload(), upload("a.exe", b"MZ")]}
    refused = client.post(url, sent)
    kept = refused.context["form"].fields["uploads"].widget.kept
    assert (refused.status_code, [one.filename for one in kept]) == (422, ["现场.jpg"])
    assert not Attachment.objects.exists()
    assert kept[0].token in refused.content.decode()
    assert client.post(url, {"uploads_kept": kept[0].token}).status_code == 302
    assert [str(one) for one in attachments_of(risk)] == ["现场.jpg"]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"uploads_kept": "x"},
        {"uploads": [upload(f"{number}.txt", bytes([65 + number])) for number in range(11)]},
        {"uploads": [upload(f"{number}.txt", bytes([65 + number])) for number in range(21)]},
    ],
    ids=["nothing", "a word of somebody else", "too many", "far too many"],
)
def test_what_is_refused(url, sign_in, risk_manager, sent):
    assert sign_in(risk_manager).post(url, sent).status_code == 422
    assert not Attachment.objects.exists()


def test_more_than_belong_there(url, risk, sign_in, risk_manager):
    client = sign_in(risk_manager)
    for first in range(0, 20, 10):
        names = [chr(65 + first + number) for number in range(10)]
        client.post(url, {"uploads": [upload(f"{name}.txt", name.encode()) for name in names]})
    refused = client.post(url, {"uploads": upload()})
    assert (refused.status_code, Attachment.objects.of(risk).count()) == (422, 20)


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("staff_repair", 404)])
def test_who_may_not(url, sign_in, request, who, status):
    client = sign_in(request.getfixturevalue(who))
    assert (
        client.get(url).status_code == client.post(url, {"uploads": upload()}).status_code == status
    )
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "owner", ["registers.risk-x", "registers.risk", "accounts.user-1", "-1", "x-" + "9" * 30]
)
def test_an_owner_that_there_is_not(sign_in, risk_manager, owner):
    assert sign_in(risk_manager).get(f"/files/of/{owner}/").status_code == 404


def test_wrong_method(url, sign_in, risk_manager):
    assert sign_in(risk_manager).put(url).status_code == 405


def test_the_part_and_only_that(url, sign_in, risk_manager, part):
    response = part(sign_in(risk_manager), url, "attachment-form", {})
    assert response.status_code == 422
    assert response.content.decode().strip().startswith("<form")


@pytest.mark.parametrize(("who", "may"), [("risk_manager", True), ("auditor", False)])
def test_the_component_for_whoever_may_and_for_whoever_reads(risk, request, who, may, risk_manager):
    attach_files(risk, [kept_photo()], by=risk_manager)
    asked = RequestFactory().get("/")
    asked.user = request.getfixturevalue(who)
    html = get_template("components/attachments.html").render({"owner": risk}, asked)
    assert ("<form" in html, "/remove/" in html) == (may, may)
    assert html.count("/thumbnail/") == 1


def test_malformed_uploads_are_answered_and_nothing_off_the_list_is_stored(
    url, risk, sign_in, risk_manager
):
    client, chance = sign_in(risk_manager), random.Random(5)  # noqa: S311 - the same each time
    whole = {"a.jpg": picture(), "b.png": picture(form="PNG"), "c.webp": picture(form="WEBP"),
             "d.pdf": b"%PDF-1.7\n%%EOF", "e.svg": b"<svg/>", "f.docx": b"PK\x03\x04"}  # fmt: skip
    statuses = set()
    for _ in range(60):
        name = chance.choice(list(whole))
        content = bytearray(whole[name])
        for _ in range(chance.randint(0, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        statuses.add(client.post(url, {"uploads": upload(name, bytes(content))}).status_code)
    assert statuses == {302, 422}
    kinds = set(Attachment.objects.values_list("file__mime", flat=True))
    assert kinds <= {"image/jpeg", "image/png", "application/pdf"}
