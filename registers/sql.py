"""What the database itself refuses: a changed decision on a filing, another number of a risk."""

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
