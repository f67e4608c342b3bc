"""A sorting that began no case waits to be taken back, proposed by one person and approved by another."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).parent.parent / "taking_back.sql"


class Migration(migrations.Migration):
    dependencies = [("petitions", "0033_resorting")]
    operations = [
        migrations.AddField(model_name="petition", name="taking_back", field=models.JSONField(null=True)),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(fields=["id"], condition=Q(taking_back__isnull=False), name="petition_being_taken_back"),
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=Q(taking_back__isnull=True)
                | Q(case__isnull=True, erased_on__isnull=True) & ~Q(sorting=""),
                name="petition_is_taken_back_where_it_was_sorted_without_a_case",
            ),
        ),
        migrations.RunSQL(SQL.read_text()),
    ]  # fmt: skip
