from django.db import migrations

# Without the btree_gist extension a scalar goes into an exclusion constraint as a range of one value.
FORWARD = """
CREATE TYPE textrange AS RANGE (subtype = text);
ALTER TABLE accounts_roleassignment ADD CONSTRAINT role_assignment_no_overlap EXCLUDE USING gist (
    int8range(user_id, user_id, '[]') WITH &&,
    textrange(role::text, role::text, '[]') WITH &&,
    int8range(coalesce(department_id, 0), coalesce(department_id, 0), '[]') WITH &&,
    valid WITH &&);
"""
BACKWARD = """
ALTER TABLE accounts_roleassignment DROP CONSTRAINT role_assignment_no_overlap;
DROP TYPE textrange;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
