"""What the database itself refuses of contingency plans and drills.

A version in force is complete and does not change; a drill that failed has shown what is missing. The
conditions on other rows are deferred: they hold at the end of each transaction.
"""

CODE = """
CREATE OR REPLACE FUNCTION public.contingency_code(number int) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 'CP-' || lpad(number::text, greatest(2, length(number::text)), '0')
$$;
"""

DROP_CODE = "DROP FUNCTION IF EXISTS public.contingency_code(int)"

COMPLETE = """
CREATE FUNCTION contingency_complete() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    version assessments_contingencyversion;
BEGIN
    SELECT * INTO version FROM assessments_contingencyversion WHERE id = NEW.id;
    IF version.state = 'in_force' AND (
        (version.responsible_id IS NULL AND version.responsible_department_id IS NULL)
        OR NOT EXISTS (SELECT FROM assessments_contingencytrigger WHERE version_id = version.id)
        OR NOT EXISTS (SELECT FROM assessments_contingencystep WHERE version_id = version.id)) THEN
        RAISE EXCEPTION 'a contingency plan in force has a trigger, somebody responsible and a step'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contingency_complete';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER contingency_complete AFTER INSERT OR UPDATE ON assessments_contingencyversion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contingency_complete();

CREATE FUNCTION contingency_parts_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM assessments_contingencyversion
        WHERE id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END,
                     CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END)
          AND state <> 'draft') THEN
        RAISE EXCEPTION 'only a draft of a contingency plan changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contingency_parts_frozen';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER contingency_trigger_frozen BEFORE INSERT OR UPDATE OR DELETE
    ON assessments_contingencytrigger FOR EACH ROW EXECUTE FUNCTION contingency_parts_frozen();
CREATE TRIGGER contingency_step_frozen BEFORE INSERT OR UPDATE OR DELETE
    ON assessments_contingencystep FOR EACH ROW EXECUTE FUNCTION contingency_parts_frozen();

CREATE FUNCTION contingency_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['state', 'retired_reason'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'retired'
       OR (OLD.state = 'in_force' AND (
           NEW.state = 'draft' OR to_jsonb(NEW) - moving <> to_jsonb(OLD) - moving)) THEN
        RAISE EXCEPTION 'only a draft of a contingency plan changes'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contingency_version_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER contingency_version_frozen BEFORE UPDATE OR DELETE ON assessments_contingencyversion
    FOR EACH ROW EXECUTE FUNCTION contingency_version_frozen();
"""

DROP_COMPLETE = """
DROP TRIGGER contingency_complete ON assessments_contingencyversion;
DROP TRIGGER contingency_version_frozen ON assessments_contingencyversion;
DROP TRIGGER contingency_trigger_frozen ON assessments_contingencytrigger;
DROP TRIGGER contingency_step_frozen ON assessments_contingencystep;
DROP FUNCTION contingency_complete();
DROP FUNCTION contingency_version_frozen();
DROP FUNCTION contingency_parts_frozen();
"""

DRILLS = """
CREATE FUNCTION drill_failed_has_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM assessments_drill WHERE id = NEW.id AND result = 'fail')
       AND NOT EXISTS (SELECT FROM assessments_drillgap WHERE drill_id = NEW.id) THEN
        RAISE EXCEPTION 'a drill that failed names at least one gap'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'drill_failed_has_gap';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER drill_failed_has_gap AFTER INSERT OR UPDATE ON assessments_drill
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION drill_failed_has_gap();

CREATE FUNCTION drill_held_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state IN ('held', 'rescheduled') THEN
        RAISE EXCEPTION 'a drill that was held is not changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'drill_held_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER drill_held_frozen BEFORE UPDATE OR DELETE ON assessments_drill
    FOR EACH ROW EXECUTE FUNCTION drill_held_frozen();

CREATE FUNCTION drill_gap_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.drill_id <> OLD.drill_id THEN
        RAISE EXCEPTION 'a gap stays with its drill'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'drill_gap_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER drill_gap_stays BEFORE UPDATE OR DELETE ON assessments_drillgap
    FOR EACH ROW EXECUTE FUNCTION drill_gap_stays();
"""

DROP_DRILLS = """
DROP TRIGGER drill_failed_has_gap ON assessments_drill;
DROP TRIGGER drill_held_frozen ON assessments_drill;
DROP TRIGGER drill_gap_stays ON assessments_drillgap;
DROP FUNCTION drill_failed_has_gap();
DROP FUNCTION drill_held_frozen();
DROP FUNCTION drill_gap_stays();
"""
