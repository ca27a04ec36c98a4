from django.db import migrations, models


class Migration(migrations.Migration):
    # Nothing changes in the database: which languages there are is no longer said here.

    dependencies = [
        ("network", "0009_tasks_moved"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="language",
            field=models.CharField(
                default="fr", max_length=10, verbose_name="language of mail and calendars"
            ),
        ),
    ]
