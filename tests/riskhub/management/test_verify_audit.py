import json
from io import StringIO

import pytest
from django.core.management import call_command

from riskhub.audit.models import AuditEvent, AuditSeal
from tests.builders import make_risk
from tests.horizon import wait_for_horizon

pytestmark = pytest.mark.django_db(transaction=True)


def verify(*arguments):
    """Exit code, output, complaints."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out, stderr=err)
    except SystemExit as leaving:
        return leaving.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def events(register, risk_manager):
    make_risk(register, by=risk_manager)
    wait_for_horizon()
    return AuditEvent.objects.count()


def test_a_whole_log_is_said_with_number_and_head(events):
    code, out, _err = verify()
    head = AuditSeal.objects.get(seq=events).hash
    assert (code, out) == (0, f"OK: {events} events, head {head}\n")


def test_the_first_broken_row_is_named_and_the_exit_code_is_1(events, as_owner):
    verify()
    broken = AuditEvent.objects.get(object_type="registers_risk")
    as_owner.execute("SET session_replication_role = replica")
    as_owner.execute("UPDATE audit_auditevent SET after = '{}' WHERE id >= %s", [broken.pk])
    code, _out, err = verify()
    assert code == 1
    assert f"event {broken.pk} (seal {broken.seal.seq}) was changed" in err


def test_as_json(events, as_owner):
    code, out, _err = verify("--json")
    told = json.loads(out)
    assert (code, told["ok"], told["events"], told["fault"]) == (0, True, events, "")
    assert told["head_hash"] == AuditSeal.objects.get(seq=events).hash
    as_owner.execute("SET session_replication_role = replica")
    as_owner.execute("DELETE FROM audit_auditseal WHERE seq = 2")
    code, out, _err = verify("--json")
    told = json.loads(out)
    assert (code, told["ok"], told["fault"]) == (1, False, "seal 2 is missing")
