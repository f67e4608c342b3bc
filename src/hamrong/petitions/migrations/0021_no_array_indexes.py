"""Row-level security keeps the indexes of arrays from being used: their operators are not leakproof, so only writing paid."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("petitions", "0020_prior_decision")]

    operations = [
        migrations.RemoveIndex(model_name="petition", name="petition_by_person"),
        migrations.RemoveIndex(model_name="petition", name="petition_by_likeness"),
        migrations.RemoveIndex(model_name="reception", name="reception_by_person"),
    ]
