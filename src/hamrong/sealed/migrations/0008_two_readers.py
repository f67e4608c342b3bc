"""Keys are looked for in the signed record; a stand-in is given a key for as long as they stand in."""

from pathlib import Path

from django.db import migrations, models

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("sealed", "0007_tokens"), ("access", "0004_delegations"), ("audit", "0004_hold")]
    operations = [
        migrations.AddField("hand", "until", models.DateField(null=True)),
        migrations.RunSQL((ROOM / "keys.sql").read_text(), migrations.RunSQL.noop),
    ]
