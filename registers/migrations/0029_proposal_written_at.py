from django.contrib.postgres.operations import AddConstraintNotValid, ValidateConstraint
from django.db import migrations, models
from django.db.models import F, Q

NAME = "proposal_written_before_submitted"


class Migration(migrations.Migration):
    atomic = False  # the table is not locked while its rows are looked at
    dependencies = [("registers", "0028_search_without_a_pending_list")]

    operations = [
        migrations.AddField(
            model_name="riskproposal",
            name="written_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="written at"
            ),
        ),
        AddConstraintNotValid(
            model_name="riskproposal",
            constraint=models.CheckConstraint(
                name=NAME,
                condition=Q(written_at=None)
                | Q(is_anonymous=False, written_at__lte=F("submitted_at")),
            ),
        ),
        ValidateConstraint(model_name="riskproposal", name=NAME),
    ]
