from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0007_findings")]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="reopened_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="taken up again at"),
        ),
    ]
