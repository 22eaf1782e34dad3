import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from riskhub.accounts import sql


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_people_in_the_browser")]

    operations = [
        migrations.RunSQL(sql.TREE, sql.TREE_AWAY),
        migrations.AlterField(
            model_name="department",
            name="head",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="headed",
                to=settings.AUTH_USER_MODEL,
                verbose_name="head",
            ),
        ),
    ]
