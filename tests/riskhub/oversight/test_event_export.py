"""The log as a file: what the list shows, formula-safe, and checked by the program in docs."""

import csv
import hashlib
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.utils.translation import gettext

from registers.services import edit_risk
from riskhub.audit.chain import head_hash
from riskhub.audit.models import AuditEvent, AuditSeal
from riskhub.audit.services import seal_events
from riskhub.oversight import reports
from tests.builders import make_risk
from tests.horizon import wait_for_horizon

URL = "/audit/export/"
DOCS = Path(__file__).resolve().parents[3] / "docs" / "audit-export.md"
APART = "%d of them with masked fields: checked by their place in the chain"


def table_of(response):
    assert response.status_code == 200
    return list(csv.DictReader(StringIO(response.getvalue().decode("utf-8-sig"), newline="")))


def events_in(response):
    return [row for row in table_of(response) if not row["id"].startswith("#")]


@pytest.fixture
def risk(register, risk_manager):
    return make_risk(register, by=risk_manager)


class TestTheProgramOfTheDocs:
    pytestmark = pytest.mark.django_db(transaction=True)

    @pytest.fixture
    def program(self, tmp_path):
        (code,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
        path = tmp_path / "check.py"
        path.write_text(code, encoding="utf-8")
        return path

    @pytest.fixture
    def check(self, program, tmp_path):
        def checked(content, *kept):
            file = tmp_path / "log.csv"
            file.write_bytes(content)
            command = [sys.executable, "-W", "ignore", program, file, *kept]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.stderr == ""
            return done.returncode, done.stdout.splitlines()

        return checked

    @pytest.fixture
    def content(self, risk, risk_manager, sign_in, auditor):
        """Everything, sealed; with texts that are awkward in CSV, JSON and spreadsheets."""
        odd = '=1+1 "a"\\ \t\n“引号”，\u2028 😀 </script>'
        edit_risk(risk, by=risk_manager, version=None, cause=odd)
        risk_manager.display_name = "=cmd|' /C calc'!A0"
        risk_manager.save(update_fields=["display_name"])
        edit_risk(risk, by=risk_manager, version=None, cause="-2")
        wait_for_horizon()
        seal_events()
        return sign_in(auditor).get(URL).getvalue()

    def test_it_finds_the_file_whole(self, content, check):
        events = AuditEvent.objects.exclude(action="audit.exported").count()
        said = (
            f"whole: {events} events, {events} sealed, {APART % 1}"  # the address of risk.manager
        )
        assert check(content, head_hash()) == (0, [said])
        assert AuditSeal.objects.count() == events

    def test_an_event_with_masked_fields_is_counted_apart_and_keeps_its_place(
        self, risk, sign_in, auditor, check
    ):
        auditor.email = "sun@example.com"
        auditor.save(update_fields=["email"])
        auditor.phone = "13800001111"
        auditor.save(update_fields=["phone"])
        wait_for_horizon()
        seal_events()
        content = sign_in(auditor).get(URL).getvalue()
        assert b"sun@example.com" not in content
        events = AuditEvent.objects.exclude(action="audit.exported").count()
        said = f"whole: {events} events, {events} sealed, {APART % 3}"
        assert check(content, head_hash()) == (0, [said])
        last = AuditSeal.objects.latest("seq").prev_hash.encode()
        code, faults = check((b"f" * 64).join(content.rsplit(last, 1)))
        assert code == 1
        assert [fault for fault in faults if fault.endswith("does not follow the one before it")]

    def test_it_finds_seals_of_the_first_form_whole(self, risk, sign_in, auditor, as_owner, check):
        wait_for_horizon()
        seal_events()
        last = AuditSeal.objects.latest("seq")
        as_owner.execute("SET session_replication_role = replica")
        as_owner.execute(
            "UPDATE audit_auditseal s SET form = 1, hash = audit_hash(s.prev_hash, audit_canonical(e)) "
            "FROM audit_auditevent e WHERE e.id = s.event_id AND s.seq = %s",
            [last.seq],
        )
        code, said = check(sign_in(auditor).get(URL).getvalue())
        assert (code, len(said)) == (0, 1)

    def test_one_changed_sign_is_found_although_the_last_line_was_made_anew(self, content, check):
        head, _cut, _last = content.rstrip().rpartition(b"\n")
        changed = "陈婧".encode().join(head.rsplit("陈静".encode(), 1)) + b"\n"
        code, said = check("陈婧".encode().join(content.rsplit("陈静".encode(), 1)))
        assert code == 1
        assert said[0] == "the file is not as it was handed out: its SHA-256 differs"
        digest = hashlib.sha256(changed).hexdigest().encode()
        forged = changed + b"#sha256," + digest + content.rstrip().rpartition(b",,")[1] + b"\r\n"
        code, said = check(forged)
        assert code == 1
        assert re.fullmatch(r"event \d+ is not what seal \d+ stands for", said[0])

    def test_a_hash_that_was_kept_and_is_gone_is_said(self, content, check):
        code, said = check(content, "f" * 64)
        assert (code, said) == (1, [f"{'f' * 64} stands nowhere in this file"])

    def test_a_line_that_was_taken_out_is_said(self, content, check):
        lines = content.split(b"\r\n")
        code, said = check(b"\r\n".join([*lines[:2], *lines[3:]]))
        assert code == 1
        assert any("but the file says" in line for line in said)

    def test_no_cell_computes(self, content):
        rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
        cells = [cell for row in rows for cell in row]
        assert not [c for c in cells if re.match(r"\s*[=@＝]", c)]
        assert any(c.startswith("'=cmd") for c in cells)


def test_it_holds_what_the_list_shows_under_the_same_address(
    sign_in, auditor, register, risk_manager, risk
):
    make_risk(register, by=risk_manager)
    client = sign_in(auditor)
    response = client.get(URL, {"q": "R001", "object_type": "registers_risk", "before": "1"})
    (event,) = events_in(response)
    assert (event["action"], event["object_label"], event["actor_name"]) == (
        "risk.created", "R001", "陈静",
    )  # fmt: skip
    assert event["seal_seq"] == ""
    assert (event["action_words"], event["before"]) == (gettext("Put into the register"), "")
    assert response["Content-Disposition"].startswith('attachment; filename="audit-log-')


def test_who_took_which_file_is_in_the_log_with_its_hash(sign_in, auditor, risk):
    response = sign_in(auditor).get(URL, {"q": "R001", "page": "7", "actor": ""})
    content = response.getvalue()
    noted = AuditEvent.objects.latest("pk")
    closing = {
        row["id"]: row["at"] for row in csv.DictReader(StringIO(content.decode("utf-8-sig")))
    }
    assert (noted.action, noted.actor_id, noted.operation) == ("audit.exported", auditor.pk, "note")
    assert noted.object_label == closing["#sha256"]
    assert noted.after == {"rows": int(closing["#events"]), "filter": "q=R001",
                           "sha256": closing["#sha256"]}  # fmt: skip
    assert (closing["#exported_by"], closing["#filter"]) == ("auditor", "q=R001")
    assert closing["#head_hash"] == "0" * 64


def test_a_file_has_a_limit_and_the_list_says_so(sign_in, auditor, risk, monkeypatch):
    monkeypatch.setattr(reports, "MOST", 3)
    page = sign_in(auditor).get(URL, {"action": ""}, follow=True)
    assert page.redirect_chain == [("/audit/", 302)]
    (message,) = page.context["messages"]
    assert message.level_tag == "error"
    assert "50,000" in str(message)


def test_a_head_takes_the_events_of_the_own_department(
    sign_in, head_cleaning, register, risk_manager, clean, repair
):
    for department in (clean, repair):
        make_risk(register, by=risk_manager, department=department, title=department.code)
    response = sign_in(head_cleaning).get(URL)
    labels = {event["object_label"] for event in events_in(response)}
    assert "R001" in labels
    assert "R002" not in labels
    assert "REPAIR" not in response.getvalue().decode()


def test_who_has_no_role_takes_nothing(sign_in, outsider):
    assert sign_in(outsider).get(URL).status_code == 403
    assert not AuditEvent.objects.filter(action="audit.exported").exists()


def test_it_is_only_read(sign_in, auditor):
    assert sign_in(auditor).post(URL).status_code == 405


def test_rows_are_read_from_the_database_in_one_go(
    sign_in, auditor, risk, risk_manager, queries_of
):
    client = sign_in(auditor)
    ours = {"q": "R001"}
    one = queries_of(lambda: client.get(URL, ours).getvalue())
    for title in ("漏水", "漏电", "摔倒"):
        edit_risk(risk, by=risk_manager, version=None, title=title)
    assert queries_of(lambda: client.get(URL, ours).getvalue()) == one
