"""Rows without an owner belong to nobody: until now an empty scope was equal to an empty owner."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent
NARROWER = r"""
do $$
declare
  scope constant text := 'nullif(current_setting(''hamrong.scope'', true), '''')';
  each record;
begin
  for each in
    select tablename, policyname, with_check is not null as writes,
        substring(qual from '^\((\w+) = current_setting\(''hamrong.scope''::text, true\)\)$') as owner
      from pg_policies where schemaname = 'public'
  loop
    continue when each.owner is null;
    execute format('alter policy %I on %I using (%I = %s)', each.policyname, each.tablename, each.owner, scope);
    if each.writes then
      execute format('alter policy %I on %I with check (%I = %s)', each.policyname, each.tablename, each.owner, scope);
    end if;
  end loop;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_inspector")]
    operations = [
        migrations.RunSQL((ROOM / "walls.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL(NARROWER, migrations.RunSQL.noop),
    ]
