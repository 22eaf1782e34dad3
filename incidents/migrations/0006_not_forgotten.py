from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0005_offers_taken_back")]

    operations = [
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(
                condition=models.Q(("anonymised_at", None)),
                fields=["closed_at"],
                name="complaint_not_forgotten",
            ),
        ),
    ]
