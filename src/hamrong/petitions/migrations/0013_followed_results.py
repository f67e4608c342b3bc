"""A sender sees what was found of the own petition."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("petitions", "0012_handing"), ("cases", "0005_results")]
    operations = [migrations.RunSQL((ROOM / "followed.sql").read_text(), migrations.RunSQL.noop)]
