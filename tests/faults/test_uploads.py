"""RELIABILITY 4, 8: malformed files at every door. No fault, and nothing kept that is not on the list."""

from collections import Counter
from io import BytesIO
from uuid import uuid4

import pytest
from django.conf import settings as configured
from PIL import Image

from incidents.records.kinds import COMPLAINTS, INCIDENTS, KINDS
from incidents.services.record_runs import preview_records, start_records
from riskhub.files.models import Attachment, StoredFile
from riskhub.imports.models import ImportRun
from riskhub.work.models import Work
from riskhub.work.services import drain_work
from tests.api_client import ApiClient
from tests.faults import IS_FULL
from tests.faults.malformed import body, records, upload
from tests.incidents.complaining import make_complaint
from tests.incidents.reporting import make_incident
from tests.incidents.views.asked import tell

pytestmark = pytest.mark.django_db
UPLOADS = 2000 if IS_FULL else 225
ATTACHED = {
    "image/jpeg": (".jpg",), "image/png": (".png",), "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "text/plain": (".txt", ".csv", ".log", ".md"),
}  # fmt: skip
"""What may be attached, and under which names."""
SEALED_OR_BOOK = (b"gAAAA", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Door:
    """One address that takes files: `field` is the file's, `fields` go along."""

    def __init__(self, client, path, field, *, tables=False, **fields):
        self.client, self.path = client, path
        self.field, self.tables, self.fields = field, tables, fields
        client.raise_request_exception = False

    def knock(self, number):
        told = {name: say(number) if callable(say) else say for name, say in self.fields.items()}
        content, kind = body(number, self.field, told, upload(number, tables=self.tables))
        return self.client.generic("POST", self.path, content, content_type=kind)

    def went_on(self, answer, user):
        """(where, status) of what failed after something was taken."""
        return ()


class Complaining(Door):
    """Photos that were taken are looked at again; now and then it is sent."""

    def went_on(self, answer, user):
        for path in ("/complain/check", self.path) if answer.status_code == 302 else ():
            if (page := self.client.get(path)).status_code != 200:
                yield path, page.status_code
        if answer.status_code == 302 and len(stored()) % 3 == 0:
            if (page := self.client.post("/complain/check")).status_code != 302:
                yield "/complain/check", page.status_code
            tell(self.client)


class Importing(Door):
    """A file that was taken is looked at, and records are imported from it."""

    def went_on(self, answer, user):
        if answer.status_code != 302:
            return
        if (page := self.client.get(answer["Location"])).status_code != 200:
            yield answer["Location"], page.status_code
        run = ImportRun.objects.latest("pk")
        if run.kind.startswith("records_"):
            preview_records(run)
            start_records(run, by=user, version=run.row_version)
            drain_work()


class Telling(Door):
    """No file: records as a program tells them."""

    def knock(self, number):
        content = records(number, self.fields["names"])
        return self.client.generic("POST", self.path, content, content_type="application/json")


@pytest.fixture(autouse=True)
def _room(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PUBLIC_LIMIT_TIMES = tmp_path / "files", 1000


@pytest.fixture
def doors(sign_in, register, risk_manager, staff_cleaning, clean):
    """Each gets the same share of all uploads."""
    incident, complaint = make_incident(clean, staff_cleaning), make_complaint()
    manager, staff, program = (
        sign_in(risk_manager),
        sign_in(staff_cleaning),
        ApiClient(risk_manager),
    )
    program.client.defaults["HTTP_AUTHORIZATION"] = program.headers["Authorization"]
    reported = {
        "text": "滑倒", "kind": "accident", "department": clean.pk, "occurred_at": "2026-01-05T09:00",
        "client_uuid": lambda _number: str(uuid4()),
    }  # fmt: skip
    fields = {code: [one.name for one in KINDS[code].fields] for code in (COMPLAINTS, INCIDENTS)}
    return [
        Complaining(tell(sign_in()), "/complain/photos", "photos"),
        Door(staff, "/m/incident", "photos", **reported),
        Door(manager, f"/files/of/incidents.incident-{incident.pk}/", "uploads"),
        Door(manager, f"/files/of/incidents.complaint-{complaint.pk}/", "uploads"),
        Importing(manager, "/incidents/imports/new/", "file", tables=True, source="crm",
                  kind=lambda number: [*KINDS][number // 16 % 3]),
        Importing(manager, "/imports/new/", "file", tables=True, register=register.pk),
        Door(program.client, "/api/v1/imports/", "file", tables=True, register="SVC"),
        Telling(program.client, "/api/v1/complaints/import/", "", names=fields[COMPLAINTS]),
        Telling(program.client, "/api/v1/incidents/import/", "", names=fields[INCIDENTS]),
    ]  # fmt: skip


def test_malformed_files_are_answered_and_nothing_off_the_list_is_kept(doors, risk_manager):
    answers, faults = {door.path: Counter() for door in doors}, []
    for number in range(UPLOADS):
        door = doors[number % len(doors)]
        answer = door.knock(number)
        answers[door.path][answer.status_code] += 1
        if answer.status_code >= 500:
            faults.append((number, door.path, answer.status_code))
        faults += [(number, *fault) for fault in door.went_on(answer, risk_manager)]
    print(f"\n{UPLOADS} malformed: {answers}; {len(stored())} files kept")
    assert faults == []
    assert [path for path in stored() if not is_on_the_list(path)] == []
    attached = Attachment.objects.select_related("file")
    assert [str(row) for row in attached if not is_named_rightly(row)] == []
    assert list(Work.objects.exclude(reason="").values_list("dedupe", "error")) == []
    assert all(found.keys() & {200, 201, 302} for found in answers.values())


def stored():
    return sorted(path for path in configured.MEDIA_ROOT.rglob("*") if path.is_file())


def is_on_the_list(path):
    """By its bytes alone, told otherwise than the product tells it; of imports what is a table."""
    content, kinds = path.read_bytes(), kinds_of(path)
    if content.startswith((b"\xff\xd8", b"\x89PNG")):
        return is_redrawn(content)
    if "import" in kinds:
        return content.startswith(SEALED_OR_BOOK) or is_readable(content)
    if content.startswith(b"PK\x03\x04"):
        is_office = b"word/document.xml" in content or b"xl/workbook.xml" in content
        return is_office and b"vbaproject" not in content.lower()
    if content.startswith(b"%PDF-"):
        return b"%%EOF" in content
    return is_text(content)


def kinds_of(path):
    return set(StoredFile.objects.filter(sha256=path.name).values_list("kind", flat=True))


def is_redrawn(content):
    """Whole, without what the camera wrote and without anything behind its end."""
    picture = Image.open(BytesIO(content))
    picture.load()
    return not picture.getexif() and content.endswith((b"\xff\xd9", b"IEND\xaeB`\x82"))


def is_text(content, *more):
    for encoding in ("utf-8", "gb18030", *more):
        try:
            return "\x00" not in content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return False


def is_readable(content):
    """A table may be in any encoding, and some of its signs damaged."""
    shown = content.translate(None, bytes(sign for sign in range(32) if sign not in b"\t\r\n"))
    return is_text(content, "utf-16") or len(shown) > 0.98 * len(content)


def is_named_rightly(attached):
    return attached.file.filename.lower().endswith(ATTACHED.get(attached.file.mime, ()))
