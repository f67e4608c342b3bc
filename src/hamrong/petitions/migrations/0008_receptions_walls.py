"""The second wall and the watch of audit around receptions and their hours."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("petitions", "0007_receptions"), ("access", "0003_nobodys_rows")]
    operations = [migrations.RunSQL((ROOM / "receptions.sql").read_text(), migrations.RunSQL.noop)]
