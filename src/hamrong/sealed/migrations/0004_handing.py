"""Reports that are offered to another unit, and that go where their matter goes."""

from pathlib import Path

from django.db import migrations, models

ROOM = Path(__file__).parent.parent
HANDS = ("content", "against", "content-offered", "against-offered")


class Migration(migrations.Migration):
    dependencies = [("sealed", "0003_rotation")]
    operations = [
        migrations.RemoveConstraint(model_name="hand", name="hand_is_of_a_known_key"),
        migrations.AddConstraint(
            model_name="hand",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", HANDS)), name="hand_is_of_a_known_key"
            ),
        ),
        migrations.RunSQL((ROOM / "handing.sql").read_text(), migrations.RunSQL.noop),
    ]
