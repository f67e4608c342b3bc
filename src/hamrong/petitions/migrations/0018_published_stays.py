"""The wall of what is published, and that it stays as it was."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("petitions", "0017_published"), ("access", "0003_nobodys_rows")]
    operations = [migrations.RunSQL((ROOM / "published.sql").read_text(), migrations.RunSQL.noop)]
