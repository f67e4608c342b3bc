"""How senders found the settlement: counts, who was asked, and free words, with their walls."""

import uuid
from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

ROOM = Path(__file__).parent.parent
KINDS = ["complaint", "denunciation", "reflection", "crime_report"]


class Migration(migrations.Migration):
    dependencies = [("petitions", "0026_social"), ("access", "0003_nobodys_rows")]
    operations = [
        migrations.CreateModel(name="Asked", fields=[("mark", models.TextField(primary_key=True, serialize=False))]),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("unit", models.TextField()),
                ("province", models.TextField()),
                ("first", models.DateField()),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "unit", "kind", "first", "answer", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("unit", models.TextField()),
                ("province", models.TextField()),
                ("kind", models.TextField()),
                ("first", models.DateField()),
                ("answer", models.TextField()),
                ("many", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(answer__in=["satisfied", "partly", "not"]), name="opinion_is_a_known_answer"
                    ),
                    models.CheckConstraint(condition=Q(kind__in=KINDS), name="opinion_kind_is_known"),
                    models.CheckConstraint(condition=Q(many__gte=1), name="opinion_counts"),
                ]
            },
        ),
        migrations.RunSQL((ROOM / "opinions.sql").read_text(), migrations.RunSQL.noop),
    ]
