"""Whoever keeps away from a case does not open it in an emergency."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("petitions", "0018_published_stays"), ("cases", "0007_emergencies_walls")]
    operations = [migrations.RunSQL((ROOM / "keeping_away.sql").read_text(), migrations.RunSQL.noop)]
