import uuid

import django.contrib.postgres.functions
from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows that are there get a key each from the database: it draws one per row."""

    dependencies = [
        ("registers", "0020_owners_can_sign_in"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="controlcheck",
            name="control_check_once",
        ),
        migrations.AddField(
            model_name="controlcheck",
            name="client_uuid",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=uuid.uuid4,
                editable=False,
                unique=True,
            ),
        ),
    ]
