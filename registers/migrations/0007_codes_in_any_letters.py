from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("registers", "0006_risk_client_digest")]

    operations = [
        migrations.AddConstraint(
            model_name="register",
            constraint=models.UniqueConstraint(
                Upper("code"),
                name="register_code_once",
                violation_error_message="There is a register with this code. Choose another one.",
            ),
        ),
    ]
