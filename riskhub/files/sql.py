"""What the database itself refuses: a stored file that becomes another."""

APPEND_ONLY = """
CREATE TRIGGER stored_file_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON files_storedfile
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

FREE = "DROP TRIGGER stored_file_append_only ON files_storedfile"

# An attachment is never another one and never gone: it is taken out of view once, and stays so.
ATTACHMENTS_STAY = """
CREATE FUNCTION attachment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'attachment % stays as it is', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'attachment_stays';
END $$;
CREATE TRIGGER attachment_stays BEFORE UPDATE ON files_attachment FOR EACH ROW
    WHEN (OLD.removed_at IS NOT NULL OR NEW.removed_at IS NULL
          OR (OLD.uuid, OLD.owner_type, OLD.owner_id, OLD.kind, OLD.file_id, OLD.thumbnail_id,
              OLD.width, OLD.height, OLD.received_sha256)
             IS DISTINCT FROM
             (NEW.uuid, NEW.owner_type, NEW.owner_id, NEW.kind, NEW.file_id, NEW.thumbnail_id,
              NEW.width, NEW.height, NEW.received_sha256))
    EXECUTE FUNCTION attachment_stays();
CREATE TRIGGER attachment_is_kept BEFORE DELETE OR TRUNCATE ON files_attachment
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

ATTACHMENTS_FREE = """
DROP TRIGGER attachment_stays ON files_attachment;
DROP TRIGGER attachment_is_kept ON files_attachment;
DROP FUNCTION attachment_stays();
"""

# What was said was said: withdrawing it is a row of its own.
COMMENTS_STAY = "\n".join(
    f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON files_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
    for table in ("comment", "comment_mentions", "commentwithdrawal")
)

COMMENTS_FREE = "\n".join(
    f"DROP TRIGGER {table}_append_only ON files_{table};"
    for table in ("comment", "comment_mentions", "commentwithdrawal")
)

ERASURES_STAY = """
CREATE TRIGGER attachmenterasure_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON files_attachmenterasure
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
ERASURES_FREE = "DROP TRIGGER attachmenterasure_append_only ON files_attachmenterasure"
