"""What the shipped matrix always asked of critical risks, said of the schemes that were made without it."""

CRITICAL_ASKS_FOR_MORE = """
ALTER TABLE assessments_appetiterule DISABLE TRIGGER matrix_appetite_frozen;
UPDATE assessments_appetiterule SET needs_special_measures = true, needs_contingency = true
WHERE level = 3 AND area_id IS NULL;
ALTER TABLE assessments_appetiterule ENABLE TRIGGER matrix_appetite_frozen;
"""
