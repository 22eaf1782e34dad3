"""What the database keeps of the basis of a judgement: no control, no reduction; what was said stays.

The first is asked when the transaction ends, because the controls are written after the assessment.
What a file brought with controls that are not linked yet says so itself.
"""

_PATH = "SET search_path = public, pg_temp"
_LOWER = """NEW.state <> 'draft' AND NOT NEW.is_unlinked_import AND (
    NEW.residual_probability < NEW.inherent_probability OR NEW.residual_impact < NEW.inherent_impact)"""
_COUNTED = "SELECT FROM assessments_assessmentcontrol c WHERE c.assessment_id = NEW.id AND c"


def _reduced(or_else: str = "") -> str:
    """The function; `or_else` is what makes an impact lower besides a control."""
    return f"""FUNCTION assessment_reduced_by_controls() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
BEGIN
    IF (NEW.residual_probability < NEW.inherent_probability AND NOT EXISTS ({_COUNTED}.probability > 0))
        OR (NEW.residual_impact < NEW.inherent_impact AND NOT EXISTS ({_COUNTED}.impact > 0){or_else})
    THEN
        RAISE EXCEPTION 'assessment % is lower with controls, and counts none', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_reduced_by_controls';
    END IF;
    RETURN NULL;
END $$;
"""


REDUCED = f"""
CREATE {_reduced()}
CREATE CONSTRAINT TRIGGER assessment_reduced_by_controls AFTER INSERT ON assessments_assessment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ({_LOWER})
    EXECUTE FUNCTION assessment_reduced_by_controls();
CREATE CONSTRAINT TRIGGER assessment_submitted_with_controls AFTER UPDATE ON assessments_assessment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.state = 'draft' AND {_LOWER})
    EXECUTE FUNCTION assessment_reduced_by_controls();
"""

REDUCED_BY_POLICY_TOO = f"CREATE OR REPLACE {_reduced(' AND NEW.policy_impact = 0')}"

_IN_FORCE = """
        SELECT FROM registers_insurancepolicy p
        WHERE p.id = NEW.net_of_policy_id AND p.state = 'active'
        AND p.valid_until IS NOT DISTINCT FROM NEW.policy_until"""

NET_OF_POLICY_IN_FORCE = f"""
CREATE FUNCTION assessment_net_of_policy() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
BEGIN
    IF (TG_OP = 'INSERT' OR OLD.state = 'draft') AND NOT EXISTS ({_IN_FORCE}) THEN
        RAISE EXCEPTION 'assessment % counts a policy that is not in force', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_net_of_policy_in_force';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assessment_net_of_policy BEFORE INSERT OR UPDATE ON assessments_assessment
    FOR EACH ROW WHEN (NEW.net_of_policy_id IS NOT NULL) EXECUTE FUNCTION assessment_net_of_policy();
"""

NET_OF_ANY_POLICY = """
DROP TRIGGER assessment_net_of_policy ON assessments_assessment;
DROP FUNCTION assessment_net_of_policy();
"""

REDUCED_BY_CONTROLS_ALONE = f"CREATE OR REPLACE {_reduced()}"

REDUCED_FREELY = """
DROP TRIGGER assessment_submitted_with_controls ON assessments_assessment;
DROP TRIGGER assessment_reduced_by_controls ON assessments_assessment;
DROP FUNCTION assessment_reduced_by_controls();
"""


def kept(table: str) -> str:
    """The rows of this table are written with their assessment, and never again."""
    return f"""
CREATE TRIGGER assessment_basis_stays BEFORE INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION assessment_basis_stays();
CREATE TRIGGER assessment_basis_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""


def freed(table: str) -> str:
    return f"""
DROP TRIGGER assessment_basis_stays ON {table};
DROP TRIGGER assessment_basis_not_emptied ON {table};
"""


STAYS = f"""
CREATE FUNCTION assessment_basis_stays() RETURNS trigger LANGUAGE plpgsql {_PATH} AS $$
BEGIN
    IF TG_OP = 'INSERT' AND EXISTS (
        SELECT FROM assessments_assessment a
        WHERE a.id = NEW.assessment_id AND a.state IN ('draft', 'submitted'))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what assessment % rests on stays', coalesce(NEW.assessment_id, OLD.assessment_id)
        USING ERRCODE = 'check_violation', CONSTRAINT = 'assessment_basis_stays';
END $$;
"""

STAYS_NO_MORE = "DROP FUNCTION assessment_basis_stays();"
