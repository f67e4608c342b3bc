"""What a petition was sorted as before it was sorted anew, with the case that was stopped."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).parent.parent / "resorting.sql"


class Migration(migrations.Migration):
    dependencies = [("petitions", "0032_reissue"), ("cases", "0012_reviewed")]
    operations = [
        migrations.AddField(model_name="petition", name="sorted_before", field=models.JSONField(default=list)),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(fields=["id"], condition=~Q(sorted_before=[]), name="petition_sorted_anew"),
        ),
        migrations.RunSQL(SQL.read_text()),
    ]  # fmt: skip
