"""Partitions by month, the second wall, and the watch of audit."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("lodging", "0001_initial"), ("access", "0001_walls")]
    operations = [
        migrations.RunSQL((ROOM / "partitions.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((ROOM / "walls.sql").read_text(), migrations.RunSQL.noop),
    ]
