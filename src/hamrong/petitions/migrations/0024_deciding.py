"""Whoever decides in a case with something sealed has a key of it."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("petitions", "0023_own_data"), ("sealed", "0006_deciding")]
    operations = [migrations.RunSQL((ROOM / "deciding.sql").read_text(), migrations.RunSQL.noop)]
