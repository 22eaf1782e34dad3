"""Who only reads changes nothing, whatever they send; asking changes nothing, whoever asks."""

import json

import pytest
from django.db import transaction

from registers.models import Risk
from tests.access.database import fingerprint
from tests.access.intake import INTAKE
from tests.access.notices import OWN_NOTICES
from tests.access.table import TABLE
from tests.access.test_access import METHODS, OURS, address

READING = {"GET", "HEAD", "OPTIONS"}
# One body for every form there is: each takes what it knows. A message to oneself is one's own.
EVERYTHING = {
    "reason": "理由", "comment": "x", "note": "做完了", "text": "看到的事", "title": "改名",
    "event": "改", "cause": "改", "consequence": "改", "decision": "accept", "q": "x",
    "row_version": "1", "rationale": "理由", "confidence": "high",
    "client_uuid": "7f9d8c8e-8f9d-4f0e-9b1a-1c6d2a3b4c5d",
    "inherent_probability": "1", "inherent_impact": "1", "residual_probability": "1",
    "residual_impact": "1", "strategy": "avoid", "objective": "x", "avoid_what": "x", "avoid_node": "",
    "content_hash": "0" * 64, "code": "NEW", "name_zh": "新", "name_en": "New", "entries": "L01",
    "chosen": "1", "quarter": "2026Q3", "language": "en", "revision_reason": "再来一次",
}  # fmt: skip
# Their own notices, language, columns and views, checking the log, and their notes in it. What customers
# send without an account anybody may send: it asks for no role.
AUDITORS_OWN = {
    "registers:risk_columns",
    "search:saved_view_create",
    "web:preference_save",
    *OWN_NOTICES,
    "oversight:audit_verify",
    "oversight:note_create",
    *(key for key, row in INTAKE.items() if row.is_public),
}


@pytest.fixture
def kept(world):
    """What a test does is taken back; what it has done until then is compared."""
    with transaction.atomic():
        before = fingerprint()
        yield lambda: {table: now for table, now in fingerprint().items() if now != before[table]}
        transaction.set_rollback(True)


def send(client, method, path, row):
    """The status; the whole answer is read, so that a file is closed."""
    if method in READING:
        response = getattr(client, method.lower())(path)
    elif row.is_api or method != "POST":
        response = getattr(client, method.lower())(
            path, json.dumps(EVERYTHING), content_type="application/json"
        )
    else:
        response = client.post(path, EVERYTHING)
    response.getvalue()
    return response.status_code


def test_an_auditor_changes_nothing(world, kept):
    client, done = world.clients["auditor"], {}
    for route in OURS:
        row = TABLE[route.key]
        for kind in world.things[row.thing] if row.thing else ("own",):
            for method in METHODS:
                path = address(world, route, row, kind)
                if route.key not in AUDITORS_OWN:
                    done[method, path] = send(client, method, path, row)
    assert kept() == {}
    changed = {case for case, status in done.items() if case[0] not in READING and status < 400}
    assert changed == set()


def test_an_auditor_takes_every_report_away(world):
    path = f"/reports/{world.value('report', 'own')}/download/"
    answer = world.clients["auditor"].get(path)
    assert (answer.status_code, answer.getvalue()) == (200, b"%PDF-1.7")


def test_asking_changes_nothing(world, kept):
    """As the superuser, with a question mark of parameters behind each address."""
    client = world.clients["admin"]
    asked = (
        "?q=x&page=2&newest=1&unread=1&format=csv&state=all&sort=code&register=OWN&decision=accept"
    )
    for route in OURS:
        row = TABLE[route.key]
        for kind in world.things[row.thing] if row.thing else ("own",):
            for method in sorted(READING):
                path = address(world, route, row, kind).partition("?")[0]
                for query in ("", asked):
                    send(client, method, path + query, row)
    assert kept() == {}
    assert Risk.objects.exists()
