"""Batches that waited too long, found by how long, and what the office said about them."""

from pathlib import Path

import django.db.models.expressions
from django.db import migrations, models

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):

    dependencies = [
        ('plates', '0005_after'),
    ]

    operations = [
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('leaf', models.BigIntegerField(primary_key=True, serialize=False)),
                ('seal', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('unit', models.TextField()),
                ('text', models.TextField()),
                ('by', models.TextField()),
            ],
        ),
        migrations.AddIndex(
            model_name='seal',
            index=models.Index(models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('drawn_at'), '-', models.F('at')), output_field=models.DurationField()), name='seal_by_delay'),
        ),
        migrations.AddIndex(
            model_name='remark',
            index=models.Index(fields=['seal'], name='remark_by_seal'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='remark_says_something'),
        ),
        migrations.RunSQL((ROOM / "delays.sql").read_text(), migrations.RunSQL.noop),
    ]
