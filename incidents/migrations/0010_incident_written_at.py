from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models
from django.db.models import F, Q

NAME = "incident_written_before_reported"


class Migration(migrations.Migration):
    atomic = False  # the table is not locked while its rows are looked at
    dependencies = [("incidents", "0009_records_of_elsewhere")]

    operations = [
        migrations.AddField(
            model_name="incident",
            name="written_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="written at"
            ),
        ),
        AddConstraintNotValid(
            model_name="incident",
            constraint=models.CheckConstraint(
                name=NAME,
                condition=Q(written_at=None)
                | Q(is_anonymous=False, written_at__lte=F("reported_at")),
            ),
        ),
        ValidateConstraint(model_name="incident", name=NAME),
    ]
