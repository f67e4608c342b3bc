"""What was found of a petition when it was sorted, so that a changed table can be tried on it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("petitions", "0027_opinions")]
    operations = [migrations.AddField(model_name="petition", name="facts", field=models.JSONField(null=True))]
