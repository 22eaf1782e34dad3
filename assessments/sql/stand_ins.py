"""Who decides in the name of another stands in for them, and never for whoever wrote what is decided."""

STAND_INS = """
CREATE FUNCTION stands_in(absent bigint, deputy bigint, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN  -- the day is the company's: one more on each side, as it may lie ahead or behind
    PERFORM FROM accounts_approvaldelegation
    WHERE from_user_id = absent AND to_user_id = deputy AND revoked_at IS NULL
      AND period && daterange((moment - interval '1 day')::date, (moment + interval '2 days')::date)
    FOR SHARE;
    RETURN FOUND;
END $$;

CREATE FUNCTION approval_for_absent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    version assessments_planversion; last_approved int;
BEGIN
    SELECT * INTO version FROM assessments_planversion WHERE id = NEW.version_id;
    SELECT coalesce(max(v.number), 0) INTO last_approved
    FROM assessments_planversion v JOIN assessments_approval a ON a.version_id = v.id
    WHERE v.plan_id = version.plan_id AND a.decision = 'approved';
    IF NEW.on_behalf_of_id = version.submitted_by_id OR EXISTS (
        SELECT FROM assessments_planauthor w JOIN assessments_planversion v ON v.id = w.version_id
        WHERE v.plan_id = version.plan_id AND v.number > last_approved AND v.number <= version.number
          AND w.user_id = NEW.on_behalf_of_id) THEN
        RAISE EXCEPTION 'nobody has their own plan decided by their stand-in'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_for_absent';
    END IF;
    IF NOT stands_in(NEW.on_behalf_of_id, NEW.approver_id, NEW.at) THEN
        RAISE EXCEPTION 'decided in the name of somebody without standing in for them'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_for_absent';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approval_for_absent BEFORE INSERT ON assessments_approval
    FOR EACH ROW WHEN (NEW.on_behalf_of_id IS NOT NULL) EXECUTE FUNCTION approval_for_absent();

CREATE FUNCTION confirmation_for_absent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT stands_in(NEW.confirmed_for_id, NEW.confirmed_by_id, NEW.confirmed_at) THEN
        RAISE EXCEPTION 'confirmed in the name of somebody without standing in for them'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'confirmation_for_absent';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER confirmation_for_absent BEFORE UPDATE OF confirmed_for_id ON assessments_assessment
    FOR EACH ROW WHEN (NEW.confirmed_for_id IS NOT NULL AND NEW.state = 'confirmed')
    EXECUTE FUNCTION confirmation_for_absent();
CREATE TRIGGER confirmation_made_for_absent BEFORE INSERT ON assessments_assessment
    FOR EACH ROW WHEN (NEW.confirmed_for_id IS NOT NULL)
    EXECUTE FUNCTION confirmation_for_absent();

"""

_FROZEN = """
CREATE OR REPLACE FUNCTION assessment_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decided boolean := OLD.state IN ('confirmed', 'superseded');
    moving text[] := CASE WHEN decided THEN '{{state,row_version}}'::text[]
        ELSE '{{state,row_version,confirmed_by_id,{column}confirmed_at,rejected_reason}}'::text[] END;
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
"""

STAND_INS += _FROZEN.format(column="confirmed_for_id,")
STAND_INS_AWAY = (
    _FROZEN.format(column="")
    + """
DROP TRIGGER confirmation_made_for_absent ON assessments_assessment;
DROP TRIGGER confirmation_for_absent ON assessments_assessment;
DROP FUNCTION confirmation_for_absent();
DROP TRIGGER approval_for_absent ON assessments_approval;
DROP FUNCTION approval_for_absent();
DROP FUNCTION stands_in(bigint, bigint, timestamptz);
"""
)
