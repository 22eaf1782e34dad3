"""A plan that is carried out and short of its target asks for its risk to be judged again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0034_waived_for_one_change")]

    operations = [
        migrations.AlterField(
            model_name="reassessmenttask",
            name="reason",
            field=models.CharField(
                choices=[
                    ("change", "Process change"),
                    ("incident", "Incident"),
                    ("indicator", "Indicator"),
                    ("control", "Control that failed"),
                    ("policy", "Expired policy or contract"),
                    ("quick", "Quick assessment"),
                    ("scheme", "New matrix"),
                    ("acceptance", "Expired acceptance"),
                    ("plan_done", "Plan carried out, target not reached"),
                    ("manual", "Asked for"),
                ],
                max_length=10,
                verbose_name="reason",
            ),
        ),
    ]
