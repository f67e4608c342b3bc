"""A sender who lost the code gets a new one at a desk; the old code says that it was replaced."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "reissue.sql"


class Migration(migrations.Migration):
    dependencies = [("petitions", "0031_kinds"), ("sealed", "0010_reissue")]
    operations = [
        migrations.CreateModel(
            "Replaced",
            fields=[
                ("ticket", models.TextField(primary_key=True, serialize=False)),
                ("replaced_on", models.DateField()),
            ],
        ),
        migrations.RunSQL(SQL.read_text(), migrations.RunSQL.noop),
    ]
