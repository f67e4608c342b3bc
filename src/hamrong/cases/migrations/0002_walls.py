"""The second wall, the watch of audit, what is kept of facts, and the one way to another unit."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("access", "0001_walls"), ("audit", "0003_logs")]
    operations = [
        migrations.RunSQL((ROOM / file).read_text(), migrations.RunSQL.noop) for file in ("walls.sql", "receiving.sql")
    ]
