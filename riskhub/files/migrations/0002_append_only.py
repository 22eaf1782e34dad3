import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from riskhub.files import sql


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("audit", "0002_functions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="storedfile",
            name="uploaded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(sql.APPEND_ONLY, sql.FREE),
    ]
