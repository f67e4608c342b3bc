"""Plates after they were given: kept for their owners, exchanged, re-issued, undone."""

from pathlib import Path

from django.db import migrations, models

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):

    dependencies = [
        ('plates', '0004_subjects'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='plate',
            name='plate_is_kept_until_a_day_and_on_no_vehicle',
        ),
        migrations.AddField(
            model_name='act',
            name='colour',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='act',
            name='dossier',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='act',
            name='legal_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='act',
            name='note',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='act',
            name='undone_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='act',
            name='undone_by',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='act',
            name='undone_why',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='plate',
            name='held',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='plate',
            name='kept_on',
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name='act',
            index=models.Index(fields=['ward', '-asked_at'], name='act_by_office'),
        ),
        migrations.AddIndex(
            model_name='act',
            index=models.Index(fields=['province', 'asked_at'], name='act_by_time'),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.CheckConstraint(condition=models.Q(('undone_at__isnull', True), models.Q(models.Q(('undone_by', ''), _negated=True), models.Q(('undone_why', ''), _negated=True)), _connector='OR'), name='act_is_undone_by_somebody_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', True), ('legal_at__isnull', True)), ('legal_at__gte', models.F('due_at')), _connector='OR'), name='act_is_late_no_sooner_than_due'),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.UniqueConstraint(condition=models.Q(('done_at__isnull', True), ('undone_at__isnull', True)), fields=('number',), name='plate_has_one_open_act'),
        ),
        migrations.AddConstraint(
            model_name='plate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'kept'), ('kept_on__isnull', False), ('kept_until__isnull', False), ('vehicle_index__isnull', True)), models.Q(models.Q(('state', 'kept'), _negated=True), ('held__isnull', True), ('kept_on__isnull', True), ('kept_until__isnull', True)), _connector='OR'), name='plate_is_kept_until_a_day_and_on_no_vehicle'),
        ),
        migrations.RunSQL((ROOM / "after.sql").read_text(), migrations.RunSQL.noop),
    ]
