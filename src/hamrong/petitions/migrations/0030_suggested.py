"""What a petition is about, and what was suggested of it; never of one that is sealed."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("petitions", "0029_dates")]
    operations = [
        migrations.AddField(model_name="petition", name="field", field=models.TextField(blank=True, default="")),
        migrations.AddField(model_name="petition", name="suggested", field=models.JSONField(null=True)),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=Q(secret=False) | Q(field="", suggested__isnull=True),
                name="petition_that_is_sealed_gets_no_suggestion",
            ),
        ),
    ]
