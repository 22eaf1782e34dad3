"""A change is not ready and does not go live while one of its risks is still to be judged again."""

CHANGES = """
CREATE FUNCTION process_change_judged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'implemented' AND OLD.state NOT IN ('ready', 'implemented') THEN
        RAISE EXCEPTION 'change % is not ready', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_change_ready_first';
    END IF;
    IF NEW.state IN ('ready', 'implemented') AND OLD.state IS DISTINCT FROM NEW.state AND EXISTS (
        SELECT FROM assessments_changerisk c JOIN assessments_reassessmenttask t ON t.id = c.task_id
        WHERE c.change_id = NEW.id AND c.removed_reason = '' AND t.state = 'open') THEN
        RAISE EXCEPTION 'a risk of change % is still to be judged again', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'process_change_judged';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER process_change_judged BEFORE UPDATE OF state ON assessments_processchange
    FOR EACH ROW EXECUTE FUNCTION process_change_judged();
"""

_FUNCTION = CHANGES[: CHANGES.index("CREATE TRIGGER")].replace("CREATE", "CREATE OR REPLACE")
JUDGED_OR_WAIVED = _FUNCTION.replace("AND t.state", "AND c.waived_reason = '' AND t.state")
"""A shared task that is still open holds up only the changes for which it is not waived."""
JUDGED = _FUNCTION

DROP = """
DROP TRIGGER process_change_judged ON assessments_processchange;
DROP FUNCTION process_change_judged();
"""
