from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registers", "0003_indexes_of_the_heat_map")]

    operations = [
        migrations.AddField(
            model_name="risk",
            name="client_uuid",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
    ]
