"""Entries that were put on record late are counted, for leaders and for the inspector."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_footing")]
    operations = [migrations.RunSQL((ROOM / "backdated.sql").read_text(), migrations.RunSQL.noop)]
