"""Recalls of signed papers: the table, its walls, and what anybody is told of them."""

from pathlib import Path

import django.db.models.deletion
import uuid
from django.db import migrations, models


ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):

    dependencies = [
        ('papers', '0004_tickets'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recall',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason', models.BinaryField()),
                ('recalled_at', models.DateTimeField()),
                ('recalled_by', models.TextField()),
                ('unit', models.TextField()),
                ('province', models.TextField()),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='recall', to='papers.paper')),
                ('replacement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='papers.paper')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('unit', ''), _negated=True), models.Q(('recalled_by', ''), _negated=True)), name='recall_belongs_to_a_unit'), models.CheckConstraint(condition=models.Q(('replacement__isnull', True), models.Q(('replacement', models.F('paper')), _negated=True), _connector='OR'), name='recall_names_another_paper')],
            },
        ),
        migrations.RunSQL((ROOM / "recall.sql").read_text(), migrations.RunSQL.noop),
    ]
