"""What the database itself refuses: an import that changes after it was applied, or comes back."""

IMPORTS_STAY = """
CREATE FUNCTION import_run_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'applied' AND NEW.state IN ('applied', 'undone')
       AND (NEW.kind, NEW.target, NEW.file_id, NEW.mapping, NEW.outcomes, NEW.rows_file_id, NEW.applied_at)
           IS NOT DISTINCT FROM
           (OLD.kind, OLD.target, OLD.file_id, OLD.mapping, OLD.outcomes, OLD.rows_file_id, OLD.applied_at)
    THEN
        RETURN NEW;
    END IF;
    IF OLD.state IN ('applied', 'undone', 'discard') THEN
        RAISE EXCEPTION 'import % is over and does not change', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'import_run_stays';
    END IF;
    RAISE EXCEPTION 'only what was applied is undone'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'import_run_stays';
END $$;
CREATE TRIGGER import_run_stays BEFORE UPDATE ON imports_importrun FOR EACH ROW
    WHEN (OLD.state IN ('applied', 'undone', 'discard') OR NEW.state = 'undone')
    EXECUTE FUNCTION import_run_stays();
"""

IMPORTS_FREE = """
DROP TRIGGER import_run_stays ON imports_importrun;
DROP FUNCTION import_run_stays();
"""
