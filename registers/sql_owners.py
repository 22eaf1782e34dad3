"""What is open has no owner whose account is closed: whoever writes it, and whoever closes meanwhile.

Looking at the owner's row takes a lock that waits for a closing which is under way, and reads what it
has left.
"""

FUNCTION = """
CREATE FUNCTION owner_is_active() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.owner_id IS NULL OR NEW.state <> ALL (TG_ARGV[0]::text[]) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.owner_id IS NOT DISTINCT FROM OLD.owner_id
        AND OLD.state = ANY (TG_ARGV[0]::text[])
    THEN
        RETURN NEW;
    END IF;
    PERFORM FROM accounts_user WHERE id = NEW.owner_id AND is_active FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the owner of what is open can sign in'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'owner_is_active';
    END IF;
    RETURN NEW;
END $$;
"""


def guard(table: str, states: str) -> str:
    """For a table with `owner_id` and `state`; `states` are those in which it is open: `a,b`."""
    return f"""
CREATE TRIGGER {table}_owner_active BEFORE INSERT OR UPDATE OF owner_id, state ON {table}
    FOR EACH ROW EXECUTE FUNCTION owner_is_active('{{{states}}}');
"""


def unguard(table: str) -> str:
    return f"DROP TRIGGER {table}_owner_active ON {table};"


REGISTERS = (
    FUNCTION
    + guard("registers_risk", "identified,assessed,responding,monitored")
    + guard("registers_control", "draft,active")
)
REGISTERS_AWAY = (
    unguard("registers_control") + unguard("registers_risk") + "DROP FUNCTION owner_is_active();"
)
