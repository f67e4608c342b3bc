"""The second wall and the watch of audit around what was destroyed."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("petitions", "0009_erasures"), ("access", "0003_nobodys_rows")]
    operations = [migrations.RunSQL((ROOM / "erasures.sql").read_text(), migrations.RunSQL.noop)]
