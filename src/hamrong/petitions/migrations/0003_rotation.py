"""A sender changes the code."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("petitions", "0002_walls"), ("sealed", "0003_rotation")]
    operations = [migrations.RunSQL((ROOM / "rotation.sql").read_text(), migrations.RunSQL.noop)]
