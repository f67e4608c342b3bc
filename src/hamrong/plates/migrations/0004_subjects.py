"""An owner asks who looked: the files of the one document that was shown, and no other."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("plates", "0003_lists")]
    operations = [
        migrations.RunSQL((ROOM / "subjects.sql").read_text(), "drop policy subject_wall on plates_draw"),
    ]
