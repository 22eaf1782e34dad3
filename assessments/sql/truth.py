"""What the database compares with the confirmed assessment, so that a level is not merely said.

A plan is submitted for the level that its risk was judged to have, and whether it needs an approval
follows from the rules of the scheme (`schemes.Appetite` says the same in Python); a risk shows its
confirmed assessment, aims at what its plan in force promises (`aims` says the same in Python) and
shows nothing else (`services.confirmations` writes both in one transaction: the comparison waits for
its end). Every function that reads a table names the schema it means: a role may
make a temporary table of any name, and that one would come first.
"""

_READING = (
    "approval_by_another()",
    "plan_decided_by_approval()",
    "plan_version_decided(bigint, bigint)",
    "matrix_scheme_frozen()",
)
_PATH = "SET search_path = public, pg_temp"

PUBLIC = "".join(f"ALTER FUNCTION {name} {_PATH};\n" for name in _READING)
ANYWHERE = "".join(f"ALTER FUNCTION {name} RESET search_path;\n" for name in _READING)

SUBMITTED = f"""
CREATE FUNCTION plan_needs_approval(
    scheme bigint, level int, area bigint, strategy text, probability int, impact int
) RETURNS boolean LANGUAGE sql STABLE {_PATH} AS $$
    WITH rule AS (
        SELECT r.level, r.area_id, r.needs_approval FROM assessments_appetiterule r WHERE r.scheme_id = scheme
    )
    SELECT coalesce((SELECT g.needs_approval FROM rule g
                     WHERE g.area_id IS NULL AND g.level = plan_needs_approval.level), true)
        OR (EXISTS (SELECT FROM rule l WHERE l.area_id = area AND l.level < plan_needs_approval.level)
            AND coalesce((SELECT h.needs_approval FROM rule h WHERE h.area_id IS NULL AND h.level = 2), true))
        OR (strategy = 'accept' AND (probability > 2 OR impact > 2))
$$;

CREATE FUNCTION plan_submitted_truly() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
DECLARE
    area bigint; judged assessments_assessment;
BEGIN
    SELECT r.area_id INTO area
    FROM assessments_responseplan p JOIN registers_risk r ON r.id = p.risk_id WHERE p.id = NEW.plan_id;
    SELECT a.* INTO judged
    FROM assessments_responseplan p JOIN assessments_assessment a ON a.risk_id = p.risk_id
    WHERE p.id = NEW.plan_id AND a.state = 'confirmed';
    IF judged.id IS NULL OR
        (NEW.scheme_id, NEW.residual_probability, NEW.residual_impact, NEW.residual_level) IS DISTINCT FROM
        (judged.scheme_id, judged.residual_probability, judged.residual_impact, judged.residual_level)
    THEN
        RAISE EXCEPTION 'version % of the plan is not submitted for what was assessed', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_submitted_as_assessed';
    END IF;
    IF NEW.strategy IS DISTINCT FROM NEW.content::jsonb ->> 'strategy' THEN
        RAISE EXCEPTION 'version % of the plan has another strategy than its text', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_strategy_of_its_text';
    END IF;
    IF NEW.requires_approval IS DISTINCT FROM plan_needs_approval(
        NEW.scheme_id, NEW.residual_level, area, NEW.strategy, NEW.residual_probability, NEW.residual_impact)
    THEN
        RAISE EXCEPTION 'the rules of the matrix say whether version % needs an approval', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_approval_by_the_rules';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER plan_submitted_truly AFTER INSERT OR UPDATE ON assessments_planversion
    FOR EACH ROW WHEN (NEW.submitted_at IS NOT NULL) EXECUTE FUNCTION plan_submitted_truly();

CREATE FUNCTION plan_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'plan % keeps its risk, its number and its code', OLD.code
        USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_stays';
END $$;
CREATE TRIGGER plan_stays BEFORE UPDATE ON assessments_responseplan FOR EACH ROW
    WHEN ((OLD.risk_id, OLD.number, OLD.code) IS DISTINCT FROM (NEW.risk_id, NEW.number, NEW.code))
    EXECUTE FUNCTION plan_stays();
"""  # noqa: S608 - our own words

SUBMITTED_FREELY = """
DROP TRIGGER plan_stays ON assessments_responseplan;
DROP FUNCTION plan_stays();
DROP TRIGGER plan_submitted_truly ON assessments_planversion;
DROP FUNCTION plan_submitted_truly();
DROP FUNCTION plan_needs_approval(bigint, int, bigint, text, int, int);
"""

_SHOWN = ", ".join(
    f"{{0}}.{kind}_{part}"
    for kind in ("inherent", "residual", "target")
    for part in ("probability", "impact", "level")
)


def _row(name: str, scheme: str) -> str:
    """Everything of the assessment that a risk repeats."""
    return f"({name}.{scheme}, {name}.assessed_on, {_SHOWN.format(name)})"


_AIM = """
        LEFT JOIN assessments_responseplan p ON p.risk_id = r.id
            AND p.state NOT IN ('closed', 'rejected', 'withdrawn')
        LEFT JOIN assessments_planversion v ON v.id = p.in_force_id AND v.target_level IS NOT NULL
        LEFT JOIN assessments_matrixcell c ON (c.scheme_id, c.probability, c.impact) =
            (a.scheme_id, v.target_probability, v.target_impact)"""
_PROMISED = ", ".join(
    f"coalesce(c.{part}, a.target_{part})" for part in ("probability", "impact", "level")
)
_JUDGED = ", ".join(
    f"a.{kind}_{part}"
    for kind in ("inherent", "residual")
    for part in ("probability", "impact", "level")
)


def _shows(joins: str, row: str) -> str:
    """Compares a risk with `row`.

    A plan made while the tables were small is kept for the session and would read them from end to
    end for each of 10,000 imported risks: hence no sequential scan.
    """
    return f"""
CREATE OR REPLACE FUNCTION risk_shows_its_assessment() RETURNS trigger LANGUAGE plpgsql
    {_PATH} SET enable_seqscan = off AS $$
DECLARE
    subject bigint;
BEGIN
    IF TG_TABLE_NAME = 'registers_risk' THEN subject := NEW.id; ELSE subject := NEW.risk_id; END IF;
    IF EXISTS (
        SELECT FROM registers_risk r
        LEFT JOIN assessments_assessment a ON a.risk_id = r.id AND a.state = 'confirmed'{joins}
        WHERE r.id = subject
          AND {_row("r", "standing_scheme")} IS DISTINCT FROM {row})
    THEN
        RAISE EXCEPTION 'risk % does not show its confirmed assessment', subject
            USING ERRCODE = 'check_violation', CONSTRAINT = 'risk_shows_its_assessment';
    END IF;
    RETURN NULL;
END $$;
"""  # noqa: S608 - our own words


SHOWN = f"""{_shows("", _row("a", "scheme_id"))}
CREATE CONSTRAINT TRIGGER risk_shows_its_assessment AFTER UPDATE ON registers_risk
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ({_row("OLD", "standing_scheme")} IS DISTINCT FROM {_row("NEW", "standing_scheme")})
    EXECUTE FUNCTION risk_shows_its_assessment();
CREATE CONSTRAINT TRIGGER risk_made_shows_its_assessment AFTER INSERT ON registers_risk
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (num_nonnulls{_row("NEW", "standing_scheme")} > 0)
    EXECUTE FUNCTION risk_shows_its_assessment();
CREATE CONSTRAINT TRIGGER assessment_is_shown AFTER UPDATE ON assessments_assessment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND 'confirmed' IN (OLD.state, NEW.state))
    EXECUTE FUNCTION risk_shows_its_assessment();
CREATE CONSTRAINT TRIGGER assessment_made_is_shown AFTER INSERT ON assessments_assessment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'confirmed')
    EXECUTE FUNCTION risk_shows_its_assessment();
"""

SHOWN_FREELY = """
DROP TRIGGER assessment_made_is_shown ON assessments_assessment;
DROP TRIGGER assessment_is_shown ON assessments_assessment;
DROP TRIGGER risk_made_shows_its_assessment ON registers_risk;
DROP TRIGGER risk_shows_its_assessment ON registers_risk;
DROP FUNCTION risk_shows_its_assessment();
"""

_AIMED = f"(a.scheme_id, a.assessed_on, {_JUDGED}, {_PROMISED})"
SHOWN_WITH_AIM = _shows(_AIM, _AIMED)
AIMED = f"""{SHOWN_WITH_AIM}
CREATE CONSTRAINT TRIGGER plan_in_force_is_aimed_at AFTER UPDATE ON assessments_responseplan
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.in_force_id, OLD.state) IS DISTINCT FROM (NEW.in_force_id, NEW.state))
    EXECUTE FUNCTION risk_shows_its_assessment();
UPDATE registers_risk SET row_version = r.row_version + 1,
    target_probability = c.probability, target_impact = c.impact, target_level = c.level
FROM registers_risk r JOIN assessments_assessment a ON a.risk_id = r.id AND a.state = 'confirmed'{_AIM}
WHERE registers_risk.id = r.id AND c.level IS NOT NULL
    AND (r.target_probability, r.target_impact) IS DISTINCT FROM (c.probability, c.impact);
"""  # noqa: S608 - our own words

AIMED_APART = f"""DROP TRIGGER plan_in_force_is_aimed_at ON assessments_responseplan;
{_shows("", _row("a", "scheme_id"))}
UPDATE registers_risk SET target_probability = a.target_probability,
    target_impact = a.target_impact, target_level = a.target_level
FROM assessments_assessment a WHERE a.risk_id = registers_risk.id AND a.state = 'confirmed'
    AND registers_risk.target_level IS DISTINCT FROM a.target_level;
"""  # noqa: S608 - our own words
