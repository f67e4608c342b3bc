"""The sealed report goes along with its petition's case, into hands that were prepared."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("petitions", "0011_found_by_words"), ("sealed", "0004_handing"), ("cases", "0003_joined")]
    operations = [migrations.RunSQL((ROOM / "handing.sql").read_text(), migrations.RunSQL.noop)]
