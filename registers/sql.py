"""What the database itself refuses: a changed decision on a filing, another number, a changed check."""

DECISIONS_STAY = """
CREATE FUNCTION proposal_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'filing % was decided', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_frozen';
END $$;
CREATE TRIGGER proposal_frozen BEFORE UPDATE OR DELETE ON registers_riskproposal
    FOR EACH ROW WHEN (OLD.state IN ('accepted', 'declined')) EXECUTE FUNCTION proposal_frozen();
"""

DECISIONS_FREE = """
DROP TRIGGER proposal_frozen ON registers_riskproposal;
DROP FUNCTION proposal_frozen();
"""

DECISIONS_STAY_UNLESS_UNDONE = """
DROP TRIGGER proposal_frozen ON registers_riskproposal;
CREATE TRIGGER proposal_frozen BEFORE UPDATE ON registers_riskproposal FOR EACH ROW
    WHEN (OLD.state IN ('accepted', 'merged', 'declined')
          AND NOT (NEW.state = 'submitted' AND NEW.text = OLD.text
                   AND coalesce(OLD.decided_at > clock_timestamp() - interval '1 minute', false)))
    EXECUTE FUNCTION proposal_frozen();
CREATE TRIGGER proposal_stays BEFORE DELETE ON registers_riskproposal FOR EACH ROW
    WHEN (OLD.state IN ('accepted', 'merged', 'declined')) EXECUTE FUNCTION proposal_frozen();
"""

DECISIONS_STAY_ALWAYS = """
DROP TRIGGER proposal_frozen ON registers_riskproposal;
DROP TRIGGER proposal_stays ON registers_riskproposal;
CREATE TRIGGER proposal_frozen BEFORE UPDATE OR DELETE ON registers_riskproposal
    FOR EACH ROW WHEN (OLD.state IN ('accepted', 'declined')) EXECUTE FUNCTION proposal_frozen();
"""

MESSAGES_STAY = """
CREATE TRIGGER proposal_message_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON registers_proposalmessage FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

MESSAGES_FREE = "DROP TRIGGER proposal_message_append_only ON registers_proposalmessage"

# What stands behind a risk stays; only the link of a filing that is taken out again at once goes.
ORIGINS_STAY = """
CREATE FUNCTION origin_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the origin % of a risk stays', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'origin_stays';
END $$;
CREATE TRIGGER origin_stays BEFORE DELETE ON registers_riskorigin FOR EACH ROW
    WHEN (OLD.kind <> 'proposal' OR OLD.at < clock_timestamp() - interval '1 minute')
    EXECUTE FUNCTION origin_stays();
"""

ORIGINS_FREE = """
DROP TRIGGER origin_stays ON registers_riskorigin;
DROP FUNCTION origin_stays();
"""

# People write codes down, on paper too: a code means the same risk for ever.
NUMBERS_STAY = """
CREATE FUNCTION risk_number_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'risk % keeps its number', OLD.code
        USING ERRCODE = 'check_violation', CONSTRAINT = 'risk_number_stays';
END $$;
CREATE TRIGGER risk_number_stays BEFORE UPDATE ON registers_risk FOR EACH ROW
    WHEN (OLD.number IS DISTINCT FROM NEW.number) EXECUTE FUNCTION risk_number_stays();
"""

NUMBERS_FREE = """
DROP TRIGGER risk_number_stays ON registers_risk;
DROP FUNCTION risk_number_stays();
"""

# A trigger before the update makes PostgreSQL compute every stored column anew, the words for the search
# among them, whatever was changed; these two only look, and may as well do so afterwards.
_NUMBER_STAYS = """
DROP TRIGGER risk_number_stays ON registers_risk;
CREATE TRIGGER risk_number_stays {0} UPDATE ON registers_risk FOR EACH ROW
    WHEN (OLD.number IS DISTINCT FROM NEW.number) EXECUTE FUNCTION risk_number_stays();
"""
_OWNER_ACTIVE = """
DROP TRIGGER registers_risk_owner_active ON registers_risk;
CREATE TRIGGER registers_risk_owner_active {0} INSERT OR UPDATE OF owner_id, state ON registers_risk
    FOR EACH ROW EXECUTE FUNCTION owner_is_active('{{identified,assessed,responding,monitored}}');
"""
LOOKED_AT_AFTER = (_NUMBER_STAYS + _OWNER_ACTIVE).format("AFTER")
LOOKED_AT_BEFORE = (_NUMBER_STAYS + _OWNER_ACTIVE).format("BEFORE")

CONTROL_NUMBERS_STAY = """
CREATE FUNCTION control_number_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'control % keeps its number', OLD.code
        USING ERRCODE = 'check_violation', CONSTRAINT = 'control_number_stays';
END $$;
CREATE TRIGGER control_number_stays BEFORE UPDATE ON registers_control FOR EACH ROW
    WHEN (OLD.number IS DISTINCT FROM NEW.number) EXECUTE FUNCTION control_number_stays();
"""

CONTROL_NUMBERS_FREE = """
DROP TRIGGER control_number_stays ON registers_control;
DROP FUNCTION control_number_stays();
"""

CHECKS_STAY = """
CREATE TRIGGER control_check_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON registers_controlcheck FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

CHECKS_FREE = "DROP TRIGGER control_check_append_only ON registers_controlcheck"
