-- A delegation belongs to the unit where it counts; the application asks before anybody's scope is open.
select access_wall('accounts_delegation', null, 'unit', 'province', false);
create policy application_wall on accounts_delegation for select to hamrong_app using (true);
select audit_watch('accounts_delegation'::regclass);

-- Two people do not delegate to each other on the same day: each would decide what the other one proposed.
create function accounts_no_circle() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('accounts_delegation'));
  if exists (select from accounts_delegation d where d.lender_id = new.borrower_id and d.borrower_id = new.lender_id
      and d.starts_on < new.ends_on and d.ends_on > new.starts_on) then
    raise exception 'two people delegate to each other in a circle' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger no_circle before insert or update on accounts_delegation for each row execute function accounts_no_circle();

-- Who holds a post in the unit of the scope on a day; of the province, in any of its offices. Names only, and roles.
create function accounts_colleagues(on_day date) returns table (person uuid, role text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  place constant text := coalesce(current_setting('hamrong.scope', true), '');
begin
  perform set_config('hamrong.colleagues', place, true);
  return query select distinct p.person_id, p.role from accounts_post p join org_unit u on u.code = p.unit_id
    where p.starts_on <= on_day and (p.ends_on is null or p.ends_on > on_day)
      and (u.code = place or u.kind = 'department' and exists (select from org_unit o where o.code = place and o.kind = 'province'));
  perform set_config('hamrong.colleagues', '', true);
end $$;
revoke all on function accounts_colleagues from public;
grant execute on function accounts_colleagues to hamrong_rights;
create policy owner_lists on accounts_post for select to hamrong_owner using (coalesce(current_setting('hamrong.colleagues', true), '') <> '');
