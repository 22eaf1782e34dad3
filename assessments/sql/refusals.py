"""What the database itself refuses: levels that are not in the matrix, approvals of another text.

Django has no composite foreign key, so these stand here; `tests/assessments/test_constraints.py` reads
pg_constraint and pg_trigger, so that no later migration loses one.
"""

_CELL = "assessments_matrixcell (scheme_id, probability, impact, level)"


def _cell(table: str, scheme: str, kind: str) -> str:
    """A triple (probability, impact, level) of a table that must be a cell of the scheme, or empty."""
    columns = f"{kind}_probability, {kind}_impact, {kind}_level"
    return f"""
ALTER TABLE {table} ADD CONSTRAINT {table}_{kind}_cell
    FOREIGN KEY ({scheme}, {columns}) REFERENCES {_CELL};
ALTER TABLE {table} ADD CONSTRAINT {table}_{kind}_whole CHECK (
    num_nulls({columns}) IN (0, 3) AND ({kind}_level IS NULL OR {scheme} IS NOT NULL));
"""


CELLS = (
    "".join(
        _cell("assessments_assessment", "scheme_id", kind)
        for kind in ("inherent", "residual", "target")
    )
    + "".join(
        _cell("registers_risk", "standing_scheme", kind)
        for kind in ("inherent", "residual", "target")
    )
    + "".join(
        _cell("assessments_planversion", "scheme_id", kind) for kind in ("residual", "target")
    )
)

APPROVALS = """
ALTER TABLE assessments_approval ADD CONSTRAINT approval_of_this_content
    FOREIGN KEY (version_id, content_hash) REFERENCES assessments_planversion (id, content_hash);

CREATE FUNCTION plan_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.submitted_at IS NOT NULL THEN
        RAISE EXCEPTION 'version % of the plan was submitted and cannot change', OLD.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_version_frozen';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER plan_version_frozen BEFORE UPDATE OR DELETE ON assessments_planversion
    FOR EACH ROW EXECUTE FUNCTION plan_version_frozen();

CREATE FUNCTION approval_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    version assessments_planversion; plan assessments_responseplan; last_approved int;
BEGIN
    SELECT * INTO version FROM assessments_planversion WHERE id = NEW.version_id;
    SELECT * INTO plan FROM assessments_responseplan WHERE id = version.plan_id FOR UPDATE;
    IF plan.head_id IS DISTINCT FROM version.id OR version.submitted_at IS NULL OR plan.state <> 'submitted' THEN
        RAISE EXCEPTION 'this version is not the one waiting for a decision'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_of_waiting_head';
    END IF;
    SELECT coalesce(max(v.number), 0) INTO last_approved
    FROM assessments_planversion v JOIN assessments_approval a ON a.version_id = v.id
    WHERE v.plan_id = plan.id AND a.decision = 'approved';
    IF NEW.approver_id = version.submitted_by_id OR EXISTS (
        SELECT FROM assessments_planauthor w JOIN assessments_planversion v ON v.id = w.version_id
        WHERE v.plan_id = plan.id AND v.number > last_approved AND v.number <= version.number
          AND w.user_id = NEW.approver_id) THEN
        RAISE EXCEPTION 'nobody decides on their own plan'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_by_another';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approval_by_another BEFORE INSERT ON assessments_approval
    FOR EACH ROW EXECUTE FUNCTION approval_by_another();
CREATE TRIGGER approval_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON assessments_approval
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE FUNCTION plan_decided_by_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state IN ('approved', 'in_progress', 'completed', 'closed') AND NOT EXISTS (
        SELECT FROM assessments_planversion v
        WHERE v.id = NEW.head_id AND v.plan_id = NEW.id AND v.submitted_at IS NOT NULL
          AND (NOT v.requires_approval OR EXISTS (
              SELECT FROM assessments_approval a WHERE a.version_id = v.id AND a.decision = 'approved')))
    THEN
        RAISE EXCEPTION 'the newest version of plan % has no approval', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_decided_by_approval';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plan_decided_by_approval BEFORE INSERT OR UPDATE ON assessments_responseplan
    FOR EACH ROW EXECUTE FUNCTION plan_decided_by_approval();

CREATE FUNCTION matrix_scheme_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM assessments_matrixscheme s
        WHERE s.number = CASE WHEN TG_OP = 'INSERT' THEN NEW.scheme_id ELSE OLD.scheme_id END
          AND s.state <> 'draft') THEN
        RAISE EXCEPTION 'a scheme in force does not change: make a new one'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'matrix_scheme_frozen';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER matrix_cell_frozen BEFORE INSERT OR UPDATE OR DELETE ON assessments_matrixcell
    FOR EACH ROW EXECUTE FUNCTION matrix_scheme_frozen();
CREATE TRIGGER matrix_band_frozen BEFORE INSERT OR UPDATE OR DELETE ON assessments_band
    FOR EACH ROW EXECUTE FUNCTION matrix_scheme_frozen();
"""

FOUR_EYES = """
CREATE TRIGGER plan_author_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON assessments_planauthor
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE FUNCTION plan_version_decided(version_id bigint, plan_id bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM assessments_planversion v
        WHERE v.id = version_id AND v.plan_id = plan_version_decided.plan_id AND v.submitted_at IS NOT NULL
          AND (NOT v.requires_approval OR EXISTS (
              SELECT FROM assessments_approval a WHERE a.version_id = v.id AND a.decision = 'approved')))
$$;

CREATE OR REPLACE FUNCTION plan_decided_by_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state IN ('approved', 'in_progress', 'completed', 'closed')
        AND NOT plan_version_decided(NEW.head_id, NEW.id)
    THEN
        RAISE EXCEPTION 'the newest version of plan % has no approval', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_decided_by_approval';
    END IF;
    IF NEW.in_force_id IS NOT NULL AND NOT plan_version_decided(NEW.in_force_id, NEW.id) THEN
        RAISE EXCEPTION 'the version in force of plan % has no approval', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_in_force_by_approval';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER matrix_level_frozen BEFORE INSERT OR UPDATE OR DELETE ON assessments_matrixlevel
    FOR EACH ROW EXECUTE FUNCTION matrix_scheme_frozen();
CREATE TRIGGER matrix_anchor_frozen BEFORE INSERT OR UPDATE OR DELETE ON assessments_impactanchor
    FOR EACH ROW EXECUTE FUNCTION matrix_scheme_frozen();
CREATE TRIGGER matrix_appetite_frozen BEFORE INSERT OR UPDATE OR DELETE ON assessments_appetiterule
    FOR EACH ROW EXECUTE FUNCTION matrix_scheme_frozen();
"""

DECISIONS_STAY = """
CREATE FUNCTION assessment_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decided boolean := OLD.state IN ('confirmed', 'superseded');
    moving text[] := CASE WHEN decided THEN '{state,row_version}'::text[]
        ELSE '{state,row_version,confirmed_by_id,confirmed_at,rejected_reason}'::text[] END;
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - moving = to_jsonb(OLD) - moving
        AND (NOT decided OR NEW.state IN (OLD.state, 'superseded'))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'assessment % was submitted: what it says stays', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_frozen';
END $$;
CREATE TRIGGER assessment_frozen BEFORE UPDATE OR DELETE ON assessments_assessment
    FOR EACH ROW EXECUTE FUNCTION assessment_frozen();

CREATE FUNCTION matrix_scheme_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state'
        AND NEW.state IN (OLD.state, 'retired')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a scheme in force does not change: make a new one'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'matrix_scheme_frozen';
END $$;
CREATE TRIGGER matrix_scheme_stays BEFORE UPDATE OR DELETE ON assessments_matrixscheme
    FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION matrix_scheme_stays();
"""

DECISIONS_FREE = """
DROP TRIGGER assessment_frozen ON assessments_assessment;
DROP FUNCTION assessment_frozen();
DROP TRIGGER matrix_scheme_stays ON assessments_matrixscheme;
DROP FUNCTION matrix_scheme_stays();
"""

# As `services.plan_standing` writes it since then: for the plans that live.
SHOW_VERSIONS = """
UPDATE registers_risk risk
SET plan_version = head.number, plan_in_force = in_force.number
FROM assessments_responseplan plan
JOIN assessments_planversion head ON head.id = plan.head_id
LEFT JOIN assessments_planversion in_force ON in_force.id = plan.in_force_id
WHERE plan.risk_id = risk.id AND plan.state NOT IN ('closed', 'rejected', 'withdrawn');
"""
