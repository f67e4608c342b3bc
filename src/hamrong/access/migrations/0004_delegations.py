"""Whose delegations are whose, that they go in no circle, and who is a colleague."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("access", "0003_nobodys_rows"), ("accounts", "0002_delegations"), ("org", "0001_initial")]
    operations = [migrations.RunSQL((ROOM / "delegations.sql").read_text(), migrations.RunSQL.noop)]
