"""A plate is its number and what it goes on: plates of two kinds of vehicle may have the same letters and digits."""

from pathlib import Path

from django.db import migrations, models

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):

    dependencies = [
        ('plates', '0010_from_elsewhere'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='plate',
            name='plate_from_elsewhere_says_from_where',
        ),
        migrations.RemoveConstraint(
            model_name='act',
            name='plate_has_one_open_act',
        ),
        migrations.AddField(
            model_name='act',
            name='kind',
            field=models.TextField(blank=True, db_default='', default=''),
        ),
        migrations.RunSQL((ROOM / "kinds.sql").read_text(), migrations.RunSQL.noop),
        # Django knows no change of a primary key: the table is changed above, and told anew here
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.DeleteModel(
                name='Plate',
            ),
            migrations.CreateModel(
                name='Plate',
                fields=[
                    ('pk', models.CompositePrimaryKey('number', 'kind', blank=True, editable=False, primary_key=True, serialize=False)),
                    ('number', models.TextField()),
                    ('kind', models.TextField()),
                    ('pool', models.TextField()),
                    ('ward', models.TextField()),
                    ('province', models.TextField()),
                    ('state', models.TextField(default='in-use')),
                    ('colour', models.TextField()),
                    ('draw', models.UUIDField(null=True)),
                    ('vehicle_index', models.BinaryField(null=True)),
                    ('owner_index', models.BinaryField()),
                    ('owner_name', models.TextField()),
                    ('owner_key', models.TextField()),
                    ('since', models.DateTimeField()),
                    ('kept_on', models.DateField(null=True)),
                    ('kept_until', models.DateField(null=True)),
                    ('held', models.IntegerField(null=True)),
                    ('origin', models.TextField(blank=True, db_default='', default='')),
                    ('source', models.TextField(blank=True, db_default='', default='')),
                    ('source_on', models.DateField(null=True)),
                ],
                options={
                    'indexes': [models.Index(fields=['owner_index'], name='plate_by_owner'), models.Index(fields=['vehicle_index'], name='plate_by_vehicle'), models.Index(fields=['ward', 'since'], name='plate_by_office'), models.Index(condition=models.Q(('state', 'kept')), fields=['kept_until'], name='plate_kept')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('in-use', 'kept', 'away', 'withdrawn'))), name='plate_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'kept'), ('kept_on__isnull', False), ('kept_until__isnull', False), ('vehicle_index__isnull', True)), models.Q(models.Q(('state', 'kept'), _negated=True), ('held__isnull', True), ('kept_on__isnull', True), ('kept_until__isnull', True)), _connector='OR'), name='plate_is_kept_until_a_day_and_on_no_vehicle'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'in-use'), _negated=True), ('vehicle_index__isnull', False), _connector='OR'), name='plate_in_use_is_on_a_vehicle'), models.CheckConstraint(condition=models.Q(('origin__in', ('', 'province', 'auction'))), name='plate_origin_is_known')],
                },
            ),
        ]),
        migrations.AddConstraint(
            model_name='plate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin', ''), ('source', ''), ('source_on__isnull', True), models.Q(('pool', ''), _negated=True)), models.Q(models.Q(('origin', ''), _negated=True), models.Q(('source', ''), _negated=True), ('draw__isnull', True), ('source_on__isnull', False)), _connector='OR'), name='plate_from_elsewhere_says_from_where'),
        ),
        migrations.AddConstraint(
            model_name='plate',
            constraint=models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='plate_goes_on_a_kind_of_vehicle'),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.UniqueConstraint(condition=models.Q(('done_at__isnull', True), ('undone_at__isnull', True)), fields=('number', 'kind'), name='plate_has_one_open_act'),
        ),
    ]
