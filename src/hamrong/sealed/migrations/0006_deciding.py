"""Whoever decides needs a key of what is sealed; a report that nobody reads any more goes up to the province closed."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("sealed", "0005_moved")]
    operations = [migrations.RunSQL((ROOM / "deciding.sql").read_text(), migrations.RunSQL.noop)]
