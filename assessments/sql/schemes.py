"""What the database holds of a matrix: nobody approves their own, and all risks stand in the one in force.

A risk repeats the scores of its confirmed assessment, under whichever scheme that was made, and reads its
levels in the scheme in force; the composite foreign key to the cells keeps the levels true.
"""

from assessments.sql import truth as sql_truth

_PATH = "SET search_path = public, pg_temp"

_STANDING = ", ".join(
    f"{{0}}.{kind}_{part}"
    for kind in ("inherent", "residual")
    for part in ("probability", "impact")
)

SCHEME_STAYS = """
CREATE TRIGGER matrix_scheme_stays BEFORE UPDATE OR DELETE ON assessments_matrixscheme
    FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION matrix_scheme_stays();
"""

STATE_LONGER = "ALTER TABLE assessments_matrixscheme ALTER state TYPE varchar(18)"

STATES = f"""
CREATE OR REPLACE FUNCTION matrix_scheme_frozen() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
BEGIN
    IF EXISTS (
        SELECT FROM assessments_matrixscheme s
        WHERE s.number = CASE WHEN TG_OP = 'INSERT' THEN NEW.scheme_id ELSE OLD.scheme_id END
          AND s.state <> 'draft' AND NOT (TG_OP = 'INSERT' AND s.state = 'submitted')) THEN
        RAISE EXCEPTION 'a scheme in force does not change: make a new one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'matrix_scheme_frozen';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION matrix_scheme_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := CASE WHEN OLD.state = 'submitted'
        THEN '{{state,row_version,content_hash,in_force_from,approved_by_id}}'::text[]
        ELSE '{{state,row_version,content_hash}}'::text[] END;
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - moving = to_jsonb(OLD) - moving
        AND (NEW.state = OLD.state OR (OLD.state, NEW.state) IN (
            ('submitted', 'in_force'), ('submitted', 'changes_requested'), ('submitted', 'draft'),
            ('changes_requested', 'draft'), ('changes_requested', 'discarded'), ('in_force', 'retired')))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a scheme in force does not change: make a new one'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'matrix_scheme_frozen';
END $$;

CREATE TRIGGER scheme_author_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON assessments_schemeauthor
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER scheme_decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON assessments_schemedecision
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE FUNCTION scheme_decided_by_another() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
DECLARE
    scheme assessments_matrixscheme;
BEGIN
    SELECT * INTO scheme FROM assessments_matrixscheme WHERE number = NEW.scheme_id FOR UPDATE;
    IF scheme.state <> 'submitted' THEN
        RAISE EXCEPTION 'matrix % does not wait for a decision', NEW.scheme_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'scheme_decision_of_waiting';
    END IF;
    IF NEW.content_hash IS DISTINCT FROM scheme.content_hash THEN
        RAISE EXCEPTION 'matrix % does not read like that', NEW.scheme_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'scheme_decision_of_this_content';
    END IF;
    IF NEW.approver_id = scheme.submitted_by_id OR EXISTS (
        SELECT FROM assessments_schemeauthor w
        WHERE w.scheme_id = NEW.scheme_id AND w.user_id IN (NEW.approver_id, NEW.on_behalf_of_id))
        OR NEW.on_behalf_of_id = scheme.submitted_by_id
    THEN
        RAISE EXCEPTION 'nobody decides on their own matrix'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'scheme_decided_by_another';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scheme_decided_by_another BEFORE INSERT ON assessments_schemedecision
    FOR EACH ROW EXECUTE FUNCTION scheme_decided_by_another();

CREATE FUNCTION scheme_in_force_is_whole() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
BEGIN
    IF (SELECT count(*) FROM assessments_matrixcell c WHERE c.scheme_id = NEW.number) <> 25 OR EXISTS (
        SELECT FROM assessments_matrixcell a JOIN assessments_matrixcell b ON b.scheme_id = a.scheme_id
            AND (b.probability, b.impact) IN ((a.probability + 1, a.impact), (a.probability, a.impact + 1))
        WHERE a.scheme_id = NEW.number AND b.level < a.level)
    THEN
        RAISE EXCEPTION 'matrix %: a higher score lowers a level', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'scheme_is_monotone';
    END IF;
    IF NEW.content <> '' AND EXISTS (
        SELECT FROM assessments_matrixcell c WHERE c.scheme_id = NEW.number AND
            array_position(ARRAY['low', 'medium', 'high', 'critical'],
                NEW.content::jsonb -> 'cells' -> ('I' || c.impact) ->> (c.probability - 1)::int)
            IS DISTINCT FROM c.level + 1)
    THEN
        RAISE EXCEPTION 'matrix %: its cells are not those of its text', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'scheme_is_its_content';
    END IF;
    IF EXISTS (SELECT FROM assessments_assessment) AND NOT EXISTS (
        SELECT FROM assessments_schemedecision d
        WHERE d.scheme_id = NEW.number AND d.decision = 'approved' AND d.content_hash = NEW.content_hash)
    THEN
        RAISE EXCEPTION 'matrix % is not approved', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'scheme_in_force_by_approval';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER scheme_in_force_is_whole AFTER UPDATE OF state ON assessments_matrixscheme
    FOR EACH ROW WHEN (NEW.state = 'in_force' AND OLD.state <> 'in_force')
    EXECUTE FUNCTION scheme_in_force_is_whole();
CREATE TRIGGER scheme_made_in_force_is_whole AFTER INSERT ON assessments_matrixscheme
    FOR EACH ROW WHEN (NEW.state = 'in_force')
    EXECUTE FUNCTION scheme_in_force_is_whole();

CREATE FUNCTION risks_stand_in_force() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
BEGIN
    IF EXISTS (
        SELECT FROM registers_risk r JOIN assessments_matrixscheme s ON s.state = 'in_force'
        WHERE r.standing_scheme <> s.number)
    THEN
        RAISE EXCEPTION 'a risk shows its level by another matrix than the one in force'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'risks_stand_in_force';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER risks_stand_in_force AFTER UPDATE OF state ON assessments_matrixscheme
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'in_force')
    EXECUTE FUNCTION risks_stand_in_force();
"""  # noqa: S608 - our own words

STATES_FREE = """
DROP TRIGGER risks_stand_in_force ON assessments_matrixscheme;
DROP FUNCTION risks_stand_in_force();
DROP TRIGGER scheme_made_in_force_is_whole ON assessments_matrixscheme;
DROP TRIGGER scheme_in_force_is_whole ON assessments_matrixscheme;
DROP FUNCTION scheme_in_force_is_whole();
DROP TRIGGER scheme_decided_by_another ON assessments_schemedecision;
DROP FUNCTION scheme_decided_by_another();
DROP TRIGGER scheme_decision_append_only ON assessments_schemedecision;
DROP TRIGGER scheme_author_append_only ON assessments_schemeauthor;
"""

_SHOWN = f"""
CREATE OR REPLACE FUNCTION risk_shows_its_assessment() RETURNS trigger LANGUAGE plpgsql
    {_PATH} SET enable_seqscan = off AS $$
DECLARE
    subject bigint;
BEGIN
    IF TG_TABLE_NAME = 'registers_risk' THEN subject := NEW.id; ELSE subject := NEW.risk_id; END IF;
    IF EXISTS (
        SELECT FROM registers_risk r
        LEFT JOIN assessments_assessment a ON a.risk_id = r.id AND a.state = 'confirmed'
        LEFT JOIN assessments_matrixscheme s ON s.state = 'in_force' AND a.id IS NOT NULL
        LEFT JOIN assessments_responseplan p ON p.risk_id = r.id
            AND p.state NOT IN ('closed', 'rejected', 'withdrawn')
        LEFT JOIN assessments_planversion v ON v.id = p.in_force_id AND v.target_level IS NOT NULL
        WHERE r.id = subject AND
            (r.standing_scheme, r.assessed_on, {_STANDING.format("r")}, r.target_probability, r.target_impact)
            IS DISTINCT FROM
            (CASE WHEN a.id IS NOT NULL THEN coalesce(s.number, r.standing_scheme) END,
             a.assessed_on, {_STANDING.format("a")},
             coalesce(v.target_probability, a.target_probability),
             coalesce(v.target_impact, a.target_impact)))
    THEN
        RAISE EXCEPTION 'risk % does not show its confirmed assessment', subject
            USING ERRCODE = 'check_violation', CONSTRAINT = 'risk_shows_its_assessment';
    END IF;
    RETURN NULL;
END $$;
"""  # noqa: S608 - our own words

_JUDGED = """(judged.scheme_id, judged.residual_probability, judged.residual_impact, judged.residual_level)
    THEN"""
_IN_FORCE = """((SELECT s.number::bigint FROM assessments_matrixscheme s WHERE s.state = 'in_force'),
         judged.residual_probability, judged.residual_impact, NEW.residual_level)
    THEN"""


def _submitted(former: str, now: str) -> str:
    start = sql_truth.SUBMITTED.index("CREATE FUNCTION plan_submitted_truly")
    end = sql_truth.SUBMITTED.index("CREATE TRIGGER plan_submitted_truly")
    text = sql_truth.SUBMITTED[start:end].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    assert former in text  # noqa: S101 - or the database would be left as it was
    return text.replace(former, now)


READ_IN_FORCE = _SHOWN + _submitted(_JUDGED, _IN_FORCE)
READ_AS_JUDGED = sql_truth.SHOWN_WITH_AIM + _submitted(_JUDGED, _JUDGED)

# Since then a risk keeps the number of the scheme that gave its levels, as long as the one in force gives the
# same: what holds is the level, not the number.
_READ_BY = """
    SELECT FROM registers_risk r
    JOIN assessments_matrixscheme s ON s.state = 'in_force'
    JOIN assessments_matrixcell c ON c.scheme_id = s.number
        AND c.probability = r.{0}_probability AND c.impact = r.{0}_impact AND c.level <> r.{0}_level"""
_MISREAD = " OR ".join(
    f"EXISTS ({_READ_BY.format(kind)}{{0}})" for kind in ("inherent", "residual", "target")
)
_BY_NUMBER = """(CASE WHEN a.id IS NOT NULL THEN coalesce(s.number, r.standing_scheme) END,"""
_READS = _SHOWN[: _SHOWN.index("    END IF;\n    RETURN NULL;")]
_READS = (
    _READS.replace("(r.standing_scheme, r.assessed_on", "(r.standing_scheme IS NULL, r.assessed_on")
    .replace(_BY_NUMBER, "(a.id IS NULL,")
    .replace("    IF EXISTS (", f"    IF {_MISREAD.format(' WHERE r.id = subject')} OR EXISTS (", 1)
)
_STAND = f"""
CREATE OR REPLACE FUNCTION risks_stand_in_force() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
BEGIN
    IF {_MISREAD.format("")} THEN
        RAISE EXCEPTION 'a risk shows its level by another matrix than the one in force'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'risks_stand_in_force';
    END IF;
    RETURN NULL;
END $$;
"""
LEVELS_IN_FORCE = f"{_READS}    END IF;\n    RETURN NULL;\nEND $$;\n{_STAND}"
_FORMER = STATES[STATES.index("CREATE FUNCTION risks_stand_in_force") :]
_FORMER = _FORMER[: _FORMER.index("CREATE CONSTRAINT TRIGGER")]
NUMBERS_IN_FORCE = _SHOWN + _FORMER.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
