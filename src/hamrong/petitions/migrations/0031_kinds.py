"""What a petition came as, where whoever read it said that it is of another kind; what is sealed stays sealed."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import F, Q

KINDS = ("complaint", "denunciation", "reflection", "crime_report")
SQL = Path(__file__).parent.parent / "kinds.sql"


class Migration(migrations.Migration):
    dependencies = [("petitions", "0030_suggested")]
    operations = [
        migrations.AddField(model_name="petition", name="came_as", field=models.TextField(blank=True, default="")),
        migrations.AddField(model_name="petition", name="kind_why", field=models.TextField(blank=True, default="")),
        migrations.AddField(model_name="petition", name="kind_on", field=models.DateField(null=True)),
        migrations.AddField(model_name="petition", name="kind_by", field=models.TextField(blank=True, default="")),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=Q(came_as="", kind_why="", kind_on__isnull=True, kind_by="")
                | (
                    Q(came_as__in=KINDS, kind_on__isnull=False) & ~Q(came_as=F("kind")) & ~Q(kind_by="")
                    & (~Q(kind_why="") | Q(erased_on__isnull=False))
                ),
                name="petition_of_another_kind_says_why_and_by_whom",
            ),
        ),
        migrations.RemoveConstraint(model_name="petition", name="petition_is_erased_by_an_order"),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=Q(erased_on__isnull=True, erased_by="")
                | Q(erased_on__isnull=False, erasure__isnull=False, kept="", reason="", kind_why="") & ~Q(erased_by=""),
                name="petition_is_erased_by_an_order",
            ),
        ),
        migrations.RunSQL(SQL.read_text()),
    ]  # fmt: skip
