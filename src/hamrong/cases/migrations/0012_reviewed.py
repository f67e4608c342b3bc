"""What outlasts its case is reviewed, and says by when it is looked at again."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_acts")]
    operations = [
        migrations.AddField(model_name="fact", name="again_on", field=models.DateField(null=True)),
        migrations.AddConstraint(
            model_name="fact",
            constraint=models.CheckConstraint(
                condition=Q(act="case.review", again_on__isnull=False) & ~Q(ground="") & Q(source=F("target"))
                | ~Q(act="case.review") & Q(again_on__isnull=True),
                name="fact_of_a_review_says_of_what_and_when_again",
            ),
        ),
    ]  # fmt: skip
