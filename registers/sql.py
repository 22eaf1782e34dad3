"""What the database itself refuses: a changed decision on a filing."""

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
