"""Guests who stay on from an earlier night: until which night they stay, and how many there are on each."""

from pathlib import Path

from django.db import migrations, models

from hamrong.lodging.models.stays import last_night

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("lodging", "0003_told_catalogs")]
    operations = [
        migrations.RunSQL(
            (ROOM / "going_on.sql").read_text(),
            migrations.RunSQL.noop,
            state_operations=[
                migrations.AddField("stay", "last_night", last_night()),
                migrations.AddField("nightsummary", "going_on", models.PositiveIntegerField()),
            ],
        )
    ]
