"""Plates of kinds that the province gave before and gives no more come onto the books, and are renewed by a draw."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plates', '0011_kinds'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='act',
            name='act_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='plate',
            name='plate_origin_is_known',
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ('exchange', 'reissue', 'renew', 'keep', 'assign', 'move', 'leave', 'enter', 'won', 'book', 'withdraw', 'release'))), name='act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='plate',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ('', 'province', 'auction', 'older'))), name='plate_origin_is_known'),
        ),
    ]
