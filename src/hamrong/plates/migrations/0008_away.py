"""Plates whose owners moved to another province: the number goes along, and nothing more is done with it here."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plates', '0007_moved'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='act',
            name='act_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='plate',
            name='plate_state_is_known',
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ('exchange', 'reissue', 'keep', 'assign', 'move', 'leave', 'withdraw', 'release'))), name='act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='plate',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('in-use', 'kept', 'away', 'withdrawn'))), name='plate_state_is_known'),
        ),
    ]
