"""What the database itself refuses: a changed snapshot, a changed report that was ready."""

FROZEN = """
CREATE TRIGGER report_snapshot_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON reports_reportsnapshot
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE FUNCTION report_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'report % is ready and cannot change', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'report_frozen';
END $$;
CREATE TRIGGER report_frozen BEFORE UPDATE OR DELETE ON reports_report
    FOR EACH ROW WHEN (OLD.state = 'ready') EXECUTE FUNCTION report_frozen();
CREATE TRIGGER report_not_truncated BEFORE TRUNCATE ON reports_report
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

THAWED = """
DROP TRIGGER report_snapshot_append_only ON reports_reportsnapshot;
DROP TRIGGER report_frozen ON reports_report;
DROP TRIGGER report_not_truncated ON reports_report;
DROP FUNCTION report_frozen();
"""
