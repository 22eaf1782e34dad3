"""`/api/v1/imports/`: send a file, read what would become of it, answer, confirm."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.services.imports import apply_import, start_import
from registers.models import Risk
from registers.services import edit_risk
from riskhub.audit.models import AuditEvent
from riskhub.imports.models import ImportRun, ImportState
from riskhub.work.models import Work
from tests.api_client import ApiClient, refusal
from tests.assessments.uploads import ANSWERS, DEFAULTS, NUMBERS, WORDS, answered, uploaded
from tests.riskhub.imports.made_files import csv_text

IMPORTS = "/api/v1/imports/"


class Program(ApiClient):
    """One that can send a file, too."""

    def send(self, rows, *, register="SVC", name="risks.csv", key=None):
        content = rows if isinstance(rows, bytes) else csv_text(rows).encode()
        fields = {"register": register, "file": SimpleUploadedFile(name, content)}
        return self.client.post(
            IMPORTS,
            fields,
            headers=self.headers | ({"Idempotency-Key": str(key)} if key else {}),
        )


@pytest.fixture
def program(register, risk_manager):
    return Program(risk_manager)


def test_from_the_file_to_the_risks(program, risk_manager):
    sent = program.send(WORDS)
    assert (sent.status_code, sent.json()["state"]) == (201, "uploaded")
    body, number = sent.json(), sent.json()["number"]
    assert (body["register"], body["filename"]) == ("SVC", "risks.csv")
    assert body["counts"] == {"create": 0, "same": 0, "error": 3, "ignored": 0}
    assert body["undecided"] == {"probability": ["高", "低", "中"], "impact": ["高", "低"]}
    assert body["questions"]
    early = program.post(f"imports/{number}/confirm/", if_match=sent["ETag"])
    assert refusal(early)[:2] == (409, "cannot_import")
    answer = program.patch(f"imports/{number}/", {"mapping": ANSWERS}, if_match=sent["ETag"])
    assert (answer.status_code, answer.json()["questions"]) == (200, [])
    assert answer.json()["counts"]["create"] == 2
    assert not Risk.objects.exists()
    started = program.post(f"imports/{number}/confirm/", if_match=answer["ETag"])
    assert (started.status_code, started.json()["state"]) == (202, "applying")
    apply_import(ImportRun.objects.get(), by=risk_manager)
    done = program.get(f"imports/{number}/").json()
    assert (done["state"], done["counts"]["create"], done["questions"]) == ("applied", 2, [])
    assert Risk.objects.count() == 2


def test_said_twice_it_is_owed_once(program, risk_manager):
    run = answered(by=risk_manager)
    tag = program.get(f"imports/{run.pk}/")["ETag"]
    for _n in range(2):
        assert program.post(f"imports/{run.pk}/confirm/", if_match=tag).status_code == 202
    assert Work.objects.filter(kind="import.apply").count() == 1


def test_the_same_key_is_the_same_upload(program, second_manager):
    key = uuid4()
    first, again = program.send(NUMBERS, key=key), program.send(NUMBERS, key=key)
    assert first.json()["number"] == again.json()["number"]
    assert ImportRun.objects.count() == 1
    assert refusal(program.send(WORDS, key=key))[:2] == (409, "key_reused")
    assert refusal(Program(second_manager).send(NUMBERS, key=key))[:2] == (409, "key_reused")
    assert refusal(program.send(NUMBERS, key="x"))[0] == 400
    assert program.send(NUMBERS).json()["number"] != first.json()["number"]


@pytest.mark.parametrize(
    ("rows", "code", "field"),
    [
        (b"\x00\x01\x02", "SVC", "file"),
        (NUMBERS, "NOPE", "register"),
        (b"", "SVC", "file"),
    ],
)
def test_what_is_refused_keeps_nothing(program, rows, code, field):
    status, kind, errors = refusal(program.send(rows, register=code))
    assert (status, kind, [*errors]) == (400, "invalid", [field])
    assert not ImportRun.objects.exists()


def test_larger_than_a_file_may_be(program, monkeypatch):
    limits = type("Limits", (), {"file_bytes": 10})
    monkeypatch.setattr("assessments.api.imports.DEFAULT_LIMITS", limits)
    assert refusal(program.send(NUMBERS))[2].keys() == {"file"}


def test_a_file_is_not_sent_as_json(program):
    status, code, errors = refusal(program.post("imports/", {"register": "SVC", "file": "x"}))
    assert (status, code, [*errors]) == (400, "invalid", ["file"])


def test_row_by_row(program, risk_manager):
    run = uploaded(WORDS, by=risk_manager, mapping=ANSWERS)
    rows = program.get(f"imports/{run.pk}/rows/").json()["results"]
    assert [(row["row"], row["outcome"], row["level"]) for row in rows] == [
        (2, "create", "critical"), (3, "create", "low"), (4, "error", None),
    ]  # fmt: skip
    assert rows[0] | {"messages": []} == {
        "row": 2, "outcome": "create", "title": "客户家中漏水", "risk": "", "level": "critical",
        "messages": [],
    }  # fmt: skip
    assert program.get(f"imports/{run.pk}/rows/?outcome=error").json()["results"] == rows[2:]
    assert refusal(program.get(f"imports/{run.pk}/rows/?outcome=x"))[0] == 400
    start_import(run, by=risk_manager)
    assert program.get(f"imports/{run.pk}/rows/").json()["results"] == []
    apply_import(ImportRun.objects.get(), by=risk_manager)
    assert [row["risk"] for row in program.get(f"imports/{run.pk}/rows/").json()["results"]] == [
        "R001", "R002", "",
    ]  # fmt: skip


def test_many_rows_come_in_pages(program, risk_manager):
    many = [["No", "Risk", "Cause"], *([n, f"leak in flat {n}", "rain"] for n in range(401))]
    run = uploaded(many, by=risk_manager, mapping={"defaults": DEFAULTS})
    url = f"imports/{run.pk}/rows/"
    first = program.get(url).json()
    assert (first["count"], len(first["results"]), first["previous"]) == (401, 200, None)
    assert first["next"].endswith(f"/api/v1/{url}?page=2")
    last = program.get(f"{url}?outcome=create&page=3").json()
    assert ([row["title"] for row in last["results"]], last["next"]) == (["leak in flat 400"], None)
    for page in ("0", "4", "x", "-1", "99999999999999999999999"):
        assert list(refusal(program.get(f"{url}?page={page}"))[2]) == ["page"]
    assert refusal(program.get(f"{url}?page_size=5"))[0] == 400


def test_answers_that_cannot_be_used(program, risk_manager):
    run = uploaded(WORDS, by=risk_manager)
    tag = program.get(f"imports/{run.pk}/")["ETag"]
    for mapping in ({"nonsense": 1}, [], "x", None, {"defaults": {"source": "none"}}):
        answer = program.patch(f"imports/{run.pk}/", {"mapping": mapping}, if_match=tag)
        assert (refusal(answer)[0], [*refusal(answer)[2]]) == (400, ["mapping"])
    assert program.patch(f"imports/{run.pk}/", {"mapping": {}}).status_code == 428
    saved = program.patch(f"imports/{run.pk}/", {"mapping": ANSWERS}, if_match=tag)
    assert saved.status_code == 200
    late = program.patch(f"imports/{run.pk}/", {"mapping": {"defaults": DEFAULTS}}, if_match=tag)
    assert refusal(late)[:2] == (409, "stale_version")
    late = program.post(f"imports/{run.pk}/confirm/", if_match=tag)
    assert refusal(late)[:2] == (409, "stale_version")


def test_put_away_or_taken_back(program, risk_manager):
    run = answered(by=risk_manager)
    assert program.post(f"imports/{run.pk}/discard/").status_code == 428
    early = program.post(f"imports/{run.pk}/undo/", {"reason": "错"})
    assert refusal(early)[:2] == (409, "wrong_state")
    tag = program.get(f"imports/{run.pk}/")["ETag"]
    gone = program.post(f"imports/{run.pk}/discard/", if_match=tag)
    assert (gone.status_code, gone.json()["state"]) == (200, ImportState.DISCARDED)
    kept = applied(risk_manager)
    back = program.post(f"imports/{kept.pk}/undo/", {"reason": "拿错了文件"})
    assert (back.json()["state"], back.json()["undone_reason"]) == ("undone", "拿错了文件")
    assert not Risk.objects.open().exists()


@pytest.mark.django_db(transaction=True)
def test_what_was_touched_since_is_named(program, risk_manager, second_manager):
    run = applied(risk_manager)
    edit_risk(Risk.objects.get(number=2), by=second_manager, version=None, title="新名")
    refused = program.post(f"imports/{run.pk}/undo/", {"reason": "错"})
    assert refusal(refused)[:2] == (409, "touched")
    assert "R002" in refused.json()["detail"]
    assert Risk.objects.open().count() == 3


def applied(user):
    run = answered(by=user)
    start_import(run, by=user)
    apply_import(run, by=user)
    return run


def test_who_may(program, risk_manager, auditor, head_cleaning, second_manager):
    run = answered(by=risk_manager)
    reader = Program(auditor)
    assert [one["number"] for one in reader.get("imports/").json()["results"]] == [run.pk]
    assert reader.get(f"imports/{run.pk}/rows/").status_code == 200
    tag = reader.get(f"imports/{run.pk}/")["ETag"]
    assert reader.post(f"imports/{run.pk}/confirm/", if_match=tag).status_code == 403
    assert reader.send(NUMBERS).status_code == 403
    head = Program(head_cleaning)
    assert (head.get("imports/").status_code, head.get(f"imports/{run.pk}/").status_code) == (
        403,
        404,
    )
    other = Program(second_manager)
    assert other.post(f"imports/{run.pk}/confirm/", if_match=tag).status_code == 403
    run.refresh_from_db()
    assert run.state == ImportState.UPLOADED


def test_it_is_written_down_who_sent_it(program, risk_manager):
    last = AuditEvent.objects.latest("pk").pk
    program.send(NUMBERS)
    events = AuditEvent.objects.filter(pk__gt=last)
    assert set(events.values_list("actor_id", "action")) >= {(risk_manager.pk, "import.uploaded")}
    assert set(events.values_list("actor_id", flat=True)) == {risk_manager.pk}


def test_the_queries_of_the_list_do_not_grow(program, risk_manager):
    answered(by=risk_manager)
    program.get("imports/")
    with CaptureQueriesContext(connection) as few:
        program.get("imports/")
    for _n in range(2):
        answered(by=risk_manager)
    with CaptureQueriesContext(connection) as many:
        assert len(program.get("imports/").json()["results"]) == 3
    assert len(few) == len(many)
