"""The second wall, the watch of audit, and what a sender may see of the case."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0001_initial"), ("access", "0001_walls"), ("audit", "0003_logs"), ("cases", "0003_joined"),
    ]  # fmt: skip
    operations = [migrations.RunSQL((ROOM / "walls.sql").read_text(), migrations.RunSQL.noop)]
