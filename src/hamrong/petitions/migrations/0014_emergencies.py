"""What is sealed is not opened in an emergency; other petitions are read with their case."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("petitions", "0013_followed_results"), ("cases", "0007_emergencies_walls")]
    operations = [migrations.RunSQL((ROOM / "emergencies.sql").read_text(), migrations.RunSQL.noop)]
