"""The watch of audit."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("audit", "0003_logs")]
    operations = [migrations.RunSQL((ROOM / "watch.sql").read_text(), migrations.RunSQL.noop)]
