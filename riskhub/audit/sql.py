"""The database half of the audit: functions that only the owner may change.

`audit_record` is the generic row trigger, `audit_note` adds an event without a row change,
`audit_seal_events` chains the committed events, `audit_canonical` is the text that is hashed.
They are SECURITY DEFINER with a fixed search_path, so that the run-time role, which may only read
the tables, cannot write what it likes. `text_sha256` hashes every text that is frozen: generated
columns of other packages call it.
"""

# The key of a form is also the secret address of the receipt of a filing without a name. What is sealed is
# masked all the same: this table keeps everything, and who complained is forgotten one day.
MASKED = (
    "password", "token_hash", "secret", "secret_hash", "session_key", "session_series", "client_uuid",
    "contact_name", "contact_phone", "contact_email", "contact_address", "contact_hashes",
    "person_name",
)  # fmt: skip
SKIPPED = ("search", "last_login", "updated_at")

_SEALER = """\
CREATE OR REPLACE FUNCTION audit_seal_events(most int DEFAULT 10000) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    event audit_auditevent; last_seq bigint; last_hash text; next_hash text; sealed int := 0;{declared}
BEGIN
    LOCK TABLE audit_auditseal IN EXCLUSIVE MODE;
    SELECT seq, hash INTO last_seq, last_hash FROM audit_auditseal ORDER BY seq DESC LIMIT 1;
    last_seq := coalesce(last_seq, 0);
    last_hash := coalesce(last_hash, repeat('0', 64));
    FOR event IN
        SELECT e.* FROM audit_auditevent e
        WHERE e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())
          AND e.transaction_id >= coalesce(
              (SELECT max(s.transaction_id) FROM audit_auditevent s JOIN audit_auditseal l ON l.event_id = s.id
               WHERE l.seq > last_seq - 1), '0'::xid8)
          AND NOT EXISTS (SELECT FROM audit_auditseal l WHERE l.event_id = e.id)
        ORDER BY e.transaction_id, e.id
        LIMIT most
    LOOP{moment}
        next_hash := audit_hash(last_hash, {text});
        last_seq := last_seq + 1;
        INSERT INTO audit_auditseal (seq, event_id, prev_hash, hash, sealed_at{columns})
        VALUES (last_seq, event.id, last_hash, next_hash, {now}{values});
        last_hash := next_hash;
        sealed := sealed + 1;
    END LOOP;
    RETURN sealed;
END $$;
"""
_SEAL_EVENTS = _SEALER.format(
    declared="",
    moment="",
    now="clock_timestamp()",
    text="audit_canonical(event)",
    columns="",
    values="",
)

RECORD = """\
CREATE OR REPLACE FUNCTION audit_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    old_row jsonb; new_row jsonb; current_row jsonb; before jsonb; after jsonb; secret text;
BEGIN
    IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD); END IF;
    IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW); END IF;
    current_row := coalesce(new_row, old_row);
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(n.key, o.value), jsonb_object_agg(n.key, n.value) INTO before, after
        FROM jsonb_each(new_row) n JOIN jsonb_each(old_row) o USING (key)
        WHERE n.value IS DISTINCT FROM o.value AND n.key <> ALL (TG_ARGV[1]::text[]);
        IF after IS NULL THEN RETURN NULL; END IF;
    ELSE
        before := old_row - TG_ARGV[1]::text[];
        after := new_row - TG_ARGV[1]::text[];
    END IF;
    FOREACH secret IN ARRAY TG_ARGV[0]::text[] LOOP
        IF before ? secret THEN before := jsonb_set(before, ARRAY[secret], '"***"'); END IF;
        IF after ? secret THEN after := jsonb_set(after, ARRAY[secret], '"***"'); END IF;
    END LOOP;
    PERFORM audit_insert(
        lower(TG_OP), TG_TABLE_NAME::text,
        coalesce(current_row ->> 'id', current_row ->> 'key', current_row ->> 'code',
                 current_row ->> 'number', ''),
        coalesce(current_row ->> 'code', current_row ->> 'title', current_row ->> 'name',
                 current_row ->> 'name_zh', current_row ->> 'username', current_row ->> 'key', ''),
        before, after, '');
    RETURN NULL;
END $$;
"""
FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION audit_setting(name text) RETURNS text
LANGUAGE sql STABLE AS $$ SELECT coalesce(current_setting('riskhub.' || name, true), '') $$;

CREATE OR REPLACE FUNCTION audit_insert(
    operation text, object_type text, object_id text, object_label text, before jsonb, after jsonb,
    action text
) RETURNS bigint
LANGUAGE sql AS $$
    INSERT INTO audit_auditevent (
        at, transaction_id, actor_id, actor_name, action, reason, request_id, operation,
        object_type, object_id, object_label, before, after, ip_prefix)
    VALUES (
        clock_timestamp(), pg_current_xact_id(), nullif(public.audit_setting('actor_id'), '')::bigint,
        coalesce(nullif(public.audit_setting('actor_name'), ''), 'database role ' || session_user),
        coalesce(nullif(action, ''), nullif(public.audit_setting('action'), ''), object_type || '.' || operation),
        public.audit_setting('reason'), nullif(public.audit_setting('request_id'), '')::uuid, operation,
        object_type, object_id, object_label, before, after, public.audit_setting('ip_prefix'))
    RETURNING id
$$;

{RECORD}
CREATE OR REPLACE FUNCTION audit_note(
    action text, object_type text, object_id text, object_label text, details jsonb
) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT audit_insert('note', object_type, object_id, object_label, NULL, details, action)
$$;

CREATE OR REPLACE FUNCTION audit_canonical(event audit_auditevent) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
    SELECT jsonb_build_array(
        event.id, to_char(event.at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), event.actor_id, event.actor_name,
        event.action, event.reason, event.request_id, event.operation, event.object_type,
        event.object_id, event.object_label, event.before, event.after, event.ip_prefix)::text
$$;

CREATE OR REPLACE FUNCTION audit_hash(prev_hash text, canonical text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT encode(sha256(convert_to(prev_hash || canonical, 'UTF8')), 'hex')
$$;

CREATE OR REPLACE FUNCTION public.text_sha256(content text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT encode(sha256(convert_to(content, 'UTF8')), 'hex') $$;

{_SEAL_EVENTS}
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the table % is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""  # noqa: S608 - our own words

# Form 2 of what is hashed: with the transaction, which is the order of sealing, and the moment of it.
# A seal says its form; saying another one is another text, and so another hash.
SEAL_ALL = """
CREATE FUNCTION audit_sealed_text(event audit_auditevent, form int, sealed_at timestamptz) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
    SELECT CASE form
        WHEN 1 THEN audit_canonical(event)
        WHEN 2 THEN audit_canonical(event) || jsonb_build_array(
            event.transaction_id::text, to_char(sealed_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
        ELSE '' END
$$;
""" + _SEALER.format(
    declared=" moment timestamptz;",
    moment="\n        moment := clock_timestamp();",
    now="moment",
    text="audit_sealed_text(event, 2, moment)",
    columns=", form",
    values=", 2",
)
# Seals of form 2 are then not understood any more: `verify_audit` calls their events changed.
SEAL_LESS = f"{_SEAL_EVENTS}DROP FUNCTION audit_sealed_text(audit_auditevent, int, timestamptz);"

DROP = """
DROP FUNCTION IF EXISTS public.text_sha256(text);
DROP FUNCTION IF EXISTS audit_seal_events(int);
DROP FUNCTION IF EXISTS audit_note(text, text, text, text, jsonb);
DROP FUNCTION IF EXISTS audit_record() CASCADE;
DROP FUNCTION IF EXISTS audit_refuse() CASCADE;
DROP FUNCTION IF EXISTS audit_canonical(audit_auditevent);
DROP FUNCTION IF EXISTS audit_hash(text, text);
DROP FUNCTION IF EXISTS audit_insert(text, text, text, text, jsonb, jsonb, text);
DROP FUNCTION IF EXISTS audit_setting(text);
"""

# For whoever owns the tables, too: the rights that a role lacks do not bind the owner.
APPEND_ONLY = """
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_auditseal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
