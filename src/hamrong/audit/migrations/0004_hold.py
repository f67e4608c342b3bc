from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parents[1] / "hold.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):

    dependencies = [("audit", "0003_logs")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
