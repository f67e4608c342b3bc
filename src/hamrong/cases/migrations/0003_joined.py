"""Cases that are settled as one, and cases that were split out of others."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_walls")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="parted",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="cases.case"
            ),
        ),
        *(migrations.RunSQL((ROOM / file).read_text(), migrations.RunSQL.noop) for file in ("receiving.sql", "joined.sql")),
    ]
