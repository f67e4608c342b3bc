"""The second wall around teams, the watch of audit, and that nobody acts who keeps away."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0015_verification_team"), ("access", "0003_nobodys_rows"), ("cases", "0007_emergencies_walls"),
    ]  # fmt: skip
    operations = [migrations.RunSQL((ROOM / "team.sql").read_text(), migrations.RunSQL.noop)]
