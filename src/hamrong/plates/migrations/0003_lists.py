"""Lists of numbers that are being prepared: the manager's alone, and not watched, for nothing has happened yet."""

import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plates', '0002_walls'),
    ]

    operations = [
        migrations.CreateModel(
            name='PoolList',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('pool', models.TextField()),
                ('province', models.TextField()),
                ('type', models.TextField()),
                ('basis', models.TextField()),
                ('document', models.TextField()),
                ('note', models.TextField(blank=True, default='')),
                ('on', models.DateField()),
                ('file_name', models.TextField(blank=True, default='')),
                ('state', models.TextField(default='reading')),
                ('source', models.BinaryField(null=True)),
                ('numbers', models.BinaryField(null=True)),
                ('done', models.BigIntegerField(default=0)),
                ('total', models.BigIntegerField(default=0)),
                ('count', models.BigIntegerField(default=0)),
                ('by_series', models.JSONField(default=dict)),
                ('repeated', models.BigIntegerField(default=0)),
                ('wrong', models.BigIntegerField(default=0)),
                ('problems', models.JSONField(default=list)),
                ('unfit', models.BigIntegerField(default=0)),
                ('unfit_first', models.JSONField(default=list)),
                ('refusal', models.JSONField(default=dict)),
                ('event', models.IntegerField(null=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.TextField()),
            ],
            options={
                'ordering': ('-made_at', '-id'),
                'indexes': [models.Index(fields=['pool', '-made_at'], name='list_by_pool')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('reading', 'ready', 'applying', 'done', 'refused', 'dropped'))), name='list_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('basis', ''), _negated=True), models.Q(('document', ''), _negated=True)), name='list_names_its_legal_basis'), models.CheckConstraint(condition=models.Q(models.Q(('event__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('event__isnull', True)), _connector='OR'), name='list_is_done_by_an_event')],
            },
        ),
        migrations.RunSQL(
            "select access_wall('plates_poollist', null, null, 'province', false)", migrations.RunSQL.noop
        ),
    ]
