"""Of how many holders each report was dealt to, so that it keeps that when policy changes; drills of the cards."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

DEALT = "update sealed_report r set holders = d.holders from sealed_dealing d where d.id = r.dealing_id"


class Migration(migrations.Migration):
    dependencies = [("sealed", "0008_two_readers")]
    operations = [
        migrations.AddField("report", "holders", models.SmallIntegerField(default=3), preserve_default=False),
        migrations.RunSQL(DEALT, migrations.RunSQL.noop),
        migrations.CreateModel(
            "Drill",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("held_on", models.DateField()),
                ("opened", models.BooleanField()),
                ("key", models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="drills", to="sealed.key"
                )),
            ],
        ),
        migrations.RunSQL("select audit_watch('sealed_drill'::regclass)", migrations.RunSQL.noop),
    ]
