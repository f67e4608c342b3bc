"""Cases in which an act was ever done are found by it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_backdated")]
    operations = [
        migrations.AddIndex(
            model_name="fact", index=models.Index(fields=["act", "case"], name="facts_by_act"),
        ),
    ]  # fmt: skip
