-- The second wall as data: which column of a table is equal to the scope of which database role.
-- A policy is an equality on one indexed text column; without a scope there are no rows, and a row without an owner is nobody's.

create or replace function access_wall(walled regclass, host text, ward text, province text, keeper boolean) returns void
language plpgsql as $$
declare
  side record;
  scope constant text := 'nullif(current_setting(''hamrong.scope'', true), '''')';
begin
  execute format('alter table %s enable row level security', walled);
  execute format('alter table %s force row level security', walled);
  for side in select * from (values
      ('host_wall', 'hamrong_host', host), ('ward_wall', 'hamrong_ward', ward),
      ('province_wall', 'hamrong_province', province)) as sides(name, role, owner)
  loop
    continue when side.owner is null;
    execute format('create policy %I on %s to %I using (%I = %s) with check (%I = %s)',
      side.name, walled, side.role, side.owner, scope, side.owner, scope);
  end loop;
  if keeper then
    execute format('create policy keeper_wall on %s to hamrong_keeper using (true) with check (true)', walled);
  end if;
end $$;
revoke all on function access_wall from public;
