"""Files go along with a sender's new code."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("papers", "0003_truncation")]
    operations = [migrations.RunSQL((ROOM / "tickets.sql").read_text(), migrations.RunSQL.noop)]
