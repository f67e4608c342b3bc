"""The function that builds the second wall, the walls around posts and keys, and the watch over accounts."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("audit", "0002_append_only"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [
        migrations.RunSQL((ROOM / "walls.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((ROOM / "accounts_walls.sql").read_text(), migrations.RunSQL.noop),
    ]
