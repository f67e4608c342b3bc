"""The second wall, the watch of audit, and the two questions that look beyond it."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("sealed", "0001_initial"), ("access", "0001_walls"), ("audit", "0003_logs")]
    operations = [migrations.RunSQL((ROOM / "walls.sql").read_text(), migrations.RunSQL.noop)]
