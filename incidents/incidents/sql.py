"""What the database keeps of incidents: one that is closed names the risk that it made real."""

CLOSED_NAMES_A_RISK = """
CREATE FUNCTION incident_closed_names_a_risk() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM incidents_incidentrisk l WHERE l.incident_id = NEW.id) THEN
        RAISE EXCEPTION 'incident % is closed without a risk', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_closed_names_a_risk';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER incident_closed_names_a_risk BEFORE INSERT OR UPDATE ON incidents_incident
    FOR EACH ROW WHEN (NEW.state = 'closed') EXECUTE FUNCTION incident_closed_names_a_risk();
CREATE FUNCTION incident_closed_keeps_its_risks() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM incidents_incident i WHERE i.id = OLD.incident_id AND i.state = 'closed') THEN
        RAISE EXCEPTION 'incident % is closed: its risks stay', OLD.incident_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'incident_closed_keeps_its_risks';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER incident_closed_keeps_its_risks BEFORE DELETE ON incidents_incidentrisk
    FOR EACH ROW EXECUTE FUNCTION incident_closed_keeps_its_risks();
"""

CLOSED_FREELY = """
DROP TRIGGER incident_closed_keeps_its_risks ON incidents_incidentrisk;
DROP FUNCTION incident_closed_keeps_its_risks();
DROP TRIGGER incident_closed_names_a_risk ON incidents_incident;
DROP FUNCTION incident_closed_names_a_risk();
"""
