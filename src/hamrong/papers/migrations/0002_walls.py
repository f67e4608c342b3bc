"""The second wall, the watch of audit, what is kept of signed papers, going along with a case, and the public proof."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0001_initial"), ("access", "0001_walls"), ("audit", "0003_logs"), ("cases", "0003_joined"),
    ]
    operations = [migrations.RunSQL((ROOM / "walls.sql").read_text(), migrations.RunSQL.noop)]
