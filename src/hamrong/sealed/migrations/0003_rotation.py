"""A reporter changes the code."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("sealed", "0002_walls")]
    operations = [migrations.RunSQL((ROOM / "rotation.sql").read_text(), migrations.RunSQL.noop)]
