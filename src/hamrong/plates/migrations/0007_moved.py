"""Plates whose owner moves: the file goes to the office of the new place, and its history with it."""

from pathlib import Path

from django.db import migrations, models

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):

    dependencies = [
        ('plates', '0006_delays'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='act',
            name='act_is_known',
        ),
        migrations.AddField(
            model_name='act',
            name='origin',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddIndex(
            model_name='act',
            index=models.Index(condition=models.Q(('origin', ''), _negated=True), fields=['origin', 'asked_at'], name='act_by_origin'),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ('exchange', 'reissue', 'keep', 'assign', 'move', 'withdraw', 'release'))), name='act_is_known'),
        ),
        migrations.RunSQL((ROOM / "moved.sql").read_text(), migrations.RunSQL.noop),
    ]
