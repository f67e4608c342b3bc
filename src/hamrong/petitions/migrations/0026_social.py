"""A post or a message on the unit's page of a social network is a way of receiving."""

from django.db import migrations, models
from django.db.models import Q

NAME = "petition_door_is_known"
DOORS = ["counter", "reception", "post", "phone", "online", "portal", "social", "transferred"]


class Migration(migrations.Migration):
    dependencies = [("petitions", "0025_erased_emergencies")]
    operations = [
        migrations.RemoveConstraint(model_name="petition", name=NAME),
        migrations.AddConstraint(
            model_name="petition", constraint=models.CheckConstraint(condition=Q(door__in=DOORS), name=NAME)
        ),
    ]
