"""A waiver counts for the change that it was written for, not for others that share the task."""

from django.db import migrations, models

import riskhub.entry.columns
from assessments.sql.changes import JUDGED, JUDGED_OR_WAIVED


class Migration(migrations.Migration):
    dependencies = [("assessments", "0033_text_of_the_first_matrix")]

    operations = [
        migrations.AddField(
            model_name="changerisk",
            name="waived_reason",
            field=riskhub.entry.columns.Prose(
                blank=True, db_default="", default="", verbose_name="why it is not needed"
            ),
        ),
        migrations.AddConstraint(
            model_name="changerisk",
            constraint=models.CheckConstraint(
                condition=models.Q(("waived_reason", ""), ("task__isnull", False), _connector="OR"),
                name="change_risk_waived_of_a_task",
            ),
        ),
        migrations.RunSQL(JUDGED_OR_WAIVED, JUDGED),
    ]
