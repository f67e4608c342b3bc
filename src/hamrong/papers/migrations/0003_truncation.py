"""Emptying the table at once is an act as well: the watch of these rows did not see it."""

from django.db import migrations

WATCH = "create trigger audited_truncate after truncate on papers_attachment for each statement execute function audit_guard()"


class Migration(migrations.Migration):
    dependencies = [("papers", "0002_walls")]
    operations = [migrations.RunSQL(WATCH, "drop trigger audited_truncate on papers_attachment")]
