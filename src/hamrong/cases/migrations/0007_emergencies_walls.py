"""The walls around cases that were opened in an emergency, and what the database holds of them by itself."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_emergencies"), ("access", "0003_nobodys_rows")]
    operations = [migrations.RunSQL((ROOM / "emergencies.sql").read_text(), migrations.RunSQL.noop)]
