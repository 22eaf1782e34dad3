"""What the database itself refuses: a stored file that becomes another."""

APPEND_ONLY = """
CREATE TRIGGER stored_file_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON files_storedfile
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

FREE = "DROP TRIGGER stored_file_append_only ON files_storedfile"
