"""The function that builds the second wall, and the watch over posts and keys."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "walls.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("audit", "0002_append_only")]
    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL("select audit_watch('accounts_post'); select audit_watch('accounts_machinekey')", migrations.RunSQL.noop),
    ]
