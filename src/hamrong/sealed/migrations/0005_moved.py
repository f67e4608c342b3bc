"""Reports that an order moved wait until somebody with a key has looked for conflicts again."""

from pathlib import Path

from django.db import migrations, models

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("sealed", "0004_handing")]
    operations = [
        migrations.AddField(model_name="report", name="moved_on", field=models.DateField(null=True)),
        migrations.AddField(model_name="report", name="redeal", field=models.BooleanField(default=False)),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["moved_on"], condition=models.Q(("moved_on__isnull", False)), name="report_unchecked"
            ),
        ),
        migrations.RunSQL((ROOM / "moving.sql").read_text(), migrations.RunSQL.noop),
    ]
