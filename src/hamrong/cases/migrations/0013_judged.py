"""An opening in an emergency that was judged to be without grounds ends at once."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_reviewed")]
    operations = [migrations.RunSQL((ROOM / "judged.sql").read_text(), migrations.RunSQL.noop)]
