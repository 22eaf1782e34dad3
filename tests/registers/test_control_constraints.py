"""What the database itself refuses of controls, links and checks, whoever asks."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from registers.services import link_control
from tests.builders import check

RETIRED = "state = 'retired', next_check_on = NULL"


def refused(sql, parameters=()):
    """The name of the constraint that stood in the way."""
    with (
        pytest.raises(IntegrityError) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, parameters)
    fault = refusal.value.__cause__.diag
    return fault.constraint_name or fault.column_name


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("number = 999", "control_number_stays"),
        ("title = ''", "control_title_not_blank"),
        ("check_every_days = 0", "control_checked_every_1_to_730_days"),
        ("check_every_days = 731", "control_checked_every_1_to_730_days"),
        ("yearly_cost = -1", "control_cost_not_negative"),
        ("next_check_on = NULL", "control_in_use_has_next_check"),
        (RETIRED, "control_retired_has_reason"),
        ("state = 'retired', retired_reason = 'x'", "control_retired_has_reason"),
        ("retired_reason = 'x'", "control_retired_has_reason"),
        ("owner_department_id = NULL", "owner_department_id"),
    ],
)
def test_a_control(control, change, constraint):
    sql = f"UPDATE registers_control SET {change} WHERE id = %s"
    assert refused(sql, [control.pk]) == constraint


def test_a_number_is_given_once(control):
    sql = """INSERT INTO registers_control (number, library_code, title, title_alt, lang, type,
        description, evidence, check_every_days, next_check_on, state, retired_reason, created_at,
        row_version, owner_department_id)
        SELECT number, library_code, title, title_alt, lang, type, description, evidence,
        check_every_days, next_check_on, state, retired_reason, created_at, row_version,
        owner_department_id FROM registers_control"""
    assert refused(sql) == "registers_control_number_key"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("strength = 3", "risk_control_strength_0_to_2"),
        ("acts_on = 'mood'", "risk_control_acts_on_a_score"),
    ],
)
def test_a_link(risk, control, risk_manager, change, constraint):
    link = link_control(risk, control, by=risk_manager)
    sql = f"UPDATE registers_riskcontrol SET {change} WHERE id = %s"
    assert refused(sql, [link.pk]) == constraint
    again = """INSERT INTO registers_riskcontrol (risk_id, control_id, acts_on, strength, note, row_version)
        SELECT risk_id, control_id, acts_on, strength, note, row_version FROM registers_riskcontrol"""
    assert refused(again) == "risk_control_once"


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"exceptions": 21}, "control_check_exceptions_in_sample"),
        ({"effectiveness": "''", "note": "'x'"}, "control_check_has_result"),
        ({"effectiveness": "NULL"}, "effectiveness"),
        ({"proposed": "''", "note": "'x'"}, "control_check_has_result"),
        ({"sample_size": 0}, "control_check_effective_was_sampled"),
        ({"effectiveness": "'partly'"}, "control_check_departure_has_note"),
        ({"client_uuid": "client_uuid"}, "registers_controlcheck_client_uuid_key"),
        ({"done_on": "NULL"}, "done_on"),
        ({"done_by_id": "NULL"}, "done_by_id"),
    ],
)
def test_a_check(control, risk_manager, values, constraint):
    check(control, by=risk_manager)
    columns = {
        name: name
        for name in ("control_id", "done_on", "done_by_id", "design_ok", "sample_size", "exceptions",
                     "proposed", "effectiveness", "note", "evidence", "recorded_at")
    } | {"due_on": "due_on + 1"} | values  # fmt: skip
    sql = f"""INSERT INTO registers_controlcheck ({", ".join(columns)})
        SELECT {", ".join(str(value) for value in columns.values())} FROM registers_controlcheck"""
    assert refused(sql) == constraint


@pytest.mark.parametrize("statement", ["UPDATE {} SET note = 'x'", "DELETE FROM {}"])
def test_what_a_check_found_stays(control, risk_manager, as_owner, statement):
    check(control, by=risk_manager)
    sql = statement.format("registers_controlcheck")
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    with pytest.raises(Exception, match="append-only"):
        as_owner.execute(sql)
