import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0016_once_from_elsewhere"),
        ("registers", "0029_proposal_written_at"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ComplaintClause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("helped", "It helped"), ("failed", "It failed")],
                        max_length=6,
                        verbose_name="outcome",
                    ),
                ),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="registers.contractclause",
                        verbose_name="contract clause",
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clauses",
                        to="incidents.complaint",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "clause of a dispute",
                "indexes": [models.Index(fields=["noted_at"], name="complaint_clause_noted")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("complaint", "clause"), name="complaint_clause_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["helped", "failed"])),
                        name="complaint_clause_outcome_known",
                    ),
                ],
            },
        ),
    ]
