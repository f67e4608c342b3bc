"""The append function, the guard at commit, and the rights: nobody writes to the record by another way."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent.parent / "append_only.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
