"""Merkle logs: the queue of entries that wait for their place, leaves, checkpoints, and the functions that add."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


SQL = (Path(__file__).parent.parent / "logs.sql").read_text()


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('pk', models.CompositePrimaryKey('log', 'size', 'witness', blank=True, editable=False, primary_key=True, serialize=False)),
                ('log', models.TextField()),
                ('size', models.BigIntegerField()),
                ('witness', models.TextField()),
                ('line', models.TextField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Node',
            fields=[
                ('pk', models.CompositePrimaryKey('log', 'level', 'index', blank=True, editable=False, primary_key=True, serialize=False)),
                ('log', models.TextField()),
                ('level', models.SmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hash', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('pk', models.CompositePrimaryKey('log', 'size', blank=True, editable=False, primary_key=True, serialize=False)),
                ('log', models.TextField()),
                ('size', models.BigIntegerField()),
                ('root', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('note', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['log', 'at'], name='checkpoint_by_time')],
            },
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('pk', models.CompositePrimaryKey('log', 'index', blank=True, editable=False, primary_key=True, serialize=False)),
                ('log', models.TextField()),
                ('index', models.BigIntegerField()),
                ('hash', models.BinaryField()),
                ('entry', models.UUIDField(null=True)),
                ('data', models.TextField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry',), name='leaf_is_the_only_one_of_its_entry'), models.CheckConstraint(condition=models.Q(('entry__isnull', True), ('data__isnull', True), _connector='XOR'), name='leaf_is_an_entry_or_its_data')],
            },
        ),
        migrations.CreateModel(
            name='Log',
            fields=[
                ('name', models.TextField(primary_key=True, serialize=False)),
                ('size', models.BigIntegerField(default=0)),
                ('frontier', django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), default=list, size=None)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gte', 0)), name='log_has_no_less_than_nothing')],
            },
        ),
        migrations.CreateModel(
            name='Pending',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('entry', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='audit.entry')),
            ],
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
