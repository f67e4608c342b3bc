"""Plates that were not drawn here: given by another province's police, or won at an auction."""

from pathlib import Path

from django.db import migrations, models

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):

    dependencies = [
        ('plates', '0009_lean'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='act',
            name='act_is_known',
        ),
        migrations.AddField(
            model_name='plate',
            name='kind',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='plate',
            name='origin',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='plate',
            name='source',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.AddField(
            model_name='plate',
            name='source_on',
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ('exchange', 'reissue', 'keep', 'assign', 'move', 'leave', 'enter', 'won', 'withdraw', 'release'))), name='act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='plate',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ('', 'province', 'auction'))), name='plate_origin_is_known'),
        ),
        migrations.AddConstraint(
            model_name='plate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', ''), ('origin', ''), ('source', ''), ('source_on__isnull', True), models.Q(('pool', ''), _negated=True)), models.Q(models.Q(('origin', ''), _negated=True), models.Q(('source', ''), _negated=True), models.Q(('kind', ''), _negated=True), ('draw__isnull', True), ('source_on__isnull', False)), _connector='OR'), name='plate_from_elsewhere_says_from_where'),
        ),
        migrations.RunSQL((ROOM / "elsewhere.sql").read_text(), "drop policy subject_wall on plates_plate"),
    ]
