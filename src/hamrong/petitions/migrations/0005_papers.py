"""Papers and files go along with a petition and with its sender's new code, and its sender sees the signed ones."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("petitions", "0004_truncation"), ("papers", "0004_tickets")]
    operations = [migrations.RunSQL((ROOM / "papers.sql").read_text(), migrations.RunSQL.noop)]
