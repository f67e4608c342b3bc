"""Emptying the table at once is an act as well: the watch of these rows did not see it."""

from django.db import migrations

WATCH = "create trigger audited_truncate after truncate on petitions_petition for each statement execute function audit_guard()"


class Migration(migrations.Migration):
    dependencies = [("petitions", "0003_rotation")]
    operations = [migrations.RunSQL(WATCH, "drop trigger audited_truncate on petitions_petition")]
