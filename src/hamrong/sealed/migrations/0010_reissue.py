"""A reporter who lost the code gets a new one, once the identity was opened and compared with them."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("sealed", "0009_splitting_drills")]
    operations = [migrations.RunSQL((ROOM / "reissue.sql").read_text(), migrations.RunSQL.noop)]
