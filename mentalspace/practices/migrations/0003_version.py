from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0002_sign_in_rules")]

    operations = [
        migrations.AddField(
            model_name="practice",
            name="version",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
    ]
