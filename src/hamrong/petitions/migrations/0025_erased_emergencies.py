"""Reasons of openings in an emergency are destroyed with the petitions of the case."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("petitions", "0024_deciding"), ("cases", "0007_emergencies_walls")]
    operations = [migrations.RunSQL((ROOM / "erasing_emergencies.sql").read_text(), migrations.RunSQL.noop)]
