"""A critical risk's plan says what is done at once, and who in management stands for it.

Not checked for the versions that were submitted before there was a place to say so: they are frozen.
"""

SPECIAL_MEASURES = """
ALTER TABLE assessments_planversion ADD CONSTRAINT critical_plan_has_special_measures CHECK (
    submitted_at IS NULL
    OR NOT (residual_level = 3 OR (residual_probability >= 4 AND residual_impact >= 4))
    OR (special_measures <> '' AND sponsor_id IS NOT NULL)) NOT VALID;
"""
SPECIAL_MEASURES_AWAY = (
    "ALTER TABLE assessments_planversion DROP CONSTRAINT critical_plan_has_special_measures;"
)

RESOURCES_STAY = """
CREATE TRIGGER resource_line_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON assessments_resourceline
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER spending_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON assessments_spending
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
TRANSFER_LINKS_STAY = """
CREATE TRIGGER transfer_link_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON assessments_transferlink
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
