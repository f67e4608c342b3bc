"""The entry of the record by which anybody proves a signed paper."""

from pathlib import Path

from django.db import migrations, models

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("papers", "0006_erased")]
    operations = [
        migrations.AddField(model_name="paper", name="proof", field=models.UUIDField(null=True)),
        migrations.RunSQL((ROOM / "proven.sql").read_text(), migrations.RunSQL.noop),
    ]
