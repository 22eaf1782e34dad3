"""Personal data in the log: masked for whoever does not see it on the page of the person."""

import csv
import re
from io import StringIO

import pytest

from riskhub.accounts.services import edit_user
from riskhub.audit.context import entered
from riskhub.audit.models import AuditEvent
from riskhub.oversight.masking import masked
from tests.cast import make_user

PLAIN = ("mei@example.com", "13800001111", "zhou@example.com", "13900002222")


@pytest.fixture
def request_id(db):
    """An account with an address and a number, that were changed in one request."""
    person = make_user("mei", "梅", email=PLAIN[0], phone=PLAIN[1])
    with entered() as request:
        edit_user(person, by=None, version=None, email=PLAIN[2], phone=PLAIN[3])
    return request.id


@pytest.fixture
def events(request_id):
    return list(AuditEvent.objects.filter(object_label="mei").order_by("pk"))


@pytest.fixture
def addresses(events, request_id):
    return [*(f"/audit/{e.pk}/" for e in events), f"/audit/requests/{request_id}/", "/audit/"]


def shown(client, addresses):
    text = "".join(client.get(address).content.decode() for address in addresses)
    return [plain for plain in PLAIN if plain in text], text.count("•••")


def test_an_auditor_reads_that_they_changed_and_not_what_they_are(sign_in, auditor, addresses):
    found, masks = shown(sign_in(auditor), addresses)
    assert found == []
    assert masks >= 6  # the new account, and both sides of two fields on the pages of the change


def test_a_note_is_written_beside_masked_fields(sign_in, auditor, events):
    page = sign_in(auditor).get(f"/audit/{events[-1].pk}/note/").content.decode()
    assert ("•••" in page, [plain for plain in PLAIN if plain in page]) == (True, [])


@pytest.mark.parametrize("name", ["admin", "risk_manager"])
def test_who_sees_them_on_the_page_of_the_person_reads_them(sign_in, request, name, addresses):
    found, _masks = shown(sign_in(request.getfixturevalue(name)), addresses)
    assert found == list(PLAIN)


def test_what_is_stored_is_untouched(events):
    assert (events[0].after["email"], events[-1].after["phone"]) == (PLAIN[0], PLAIN[3])


@pytest.mark.parametrize("name", ["admin", "auditor"])
def test_a_file_names_what_it_masks_and_holds_none_of_it(sign_in, request, name, events):
    content = sign_in(request.getfixturevalue(name)).get("/audit/export/").getvalue().decode()
    assert [plain for plain in PLAIN if plain in content] == []
    assert "pbkdf2" not in content
    rows = {row["id"]: row for row in csv.DictReader(StringIO(content.lstrip("\ufeff")))}
    made, changed = rows[str(events[0].pk)], rows[str(events[-1].pk)]
    assert made["masked"] == "after.email after.phone"
    assert re.findall('"(email|phone|session_series)": "([^"]*)"', made["after"]) == [
        ("email", "•••"), ("phone", "•••"), ("session_series", "***"),
    ]  # fmt: skip
    assert changed["masked"] == "before.email before.phone after.email after.phone"
    assert rows["#masked"]["at"].startswith("accounts_user: email phone session_series")
    assert {row["masked"] for row in rows.values() if row["object_label"] == "OPS"} == {""}


def test_what_is_empty_or_was_never_kept_stays_as_it_is(db):
    values = {"email": "", "phone": None, "session_series": "***", "username": "mei"}
    assert masked("accounts_user", values) is values
    assert masked("accounts_department", values) is values
    assert masked("accounts_user", None) is None
    assert masked("accounts_user", {"session_series": 2}) == {"session_series": "•••"}
