"""Security keys beside the passphrase of a sealing key."""

import uuid
from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("sealed", "0006_deciding")]
    operations = [
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("host", models.TextField()),
                ("credential", models.BinaryField()),
                ("salt", models.BinaryField()),
                ("wrapped", models.BinaryField()),
                ("added_on", models.DateField()),
                ("ward", models.TextField()),
                ("province", models.TextField()),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to="sealed.key"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "credential"), name="token_is_added_once"),
                    models.CheckConstraint(
                        condition=~models.Q(name="") & ~models.Q(host=""), name="token_has_a_name_and_a_host"
                    ),
                ]
            },
        ),
        migrations.RunSQL((ROOM / "tokens.sql").read_text(), migrations.RunSQL.noop),
    ]
