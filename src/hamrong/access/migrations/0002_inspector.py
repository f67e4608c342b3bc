"""Inspectors see who holds and held which post: the record names people, and they ask for a unit's."""

from django.db import migrations

READS = "create policy inspector_reads on accounts_post for select to hamrong_inspector using (true)"


class Migration(migrations.Migration):
    dependencies = [("access", "0001_walls")]
    operations = [migrations.RunSQL(READS, "drop policy inspector_reads on accounts_post")]
