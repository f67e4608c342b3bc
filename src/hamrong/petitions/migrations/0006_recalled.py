"""A sender sees of a signed paper whether it was recalled."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("petitions", "0005_papers"), ("papers", "0005_recall")]
    operations = [migrations.RunSQL((ROOM / "recalled.sql").read_text(), migrations.RunSQL.noop)]
