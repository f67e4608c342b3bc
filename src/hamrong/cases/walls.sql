-- Whose rows are whose: the unit that has the case, and the province above it.
select access_wall(walled::regclass, null, 'unit', 'province', true) from unnest(array[
  'cases_case', 'cases_fact', 'cases_clockfact', 'cases_clock', 'cases_proposal', 'cases_transfer', 'cases_register',
  'cases_number']) walled;
create policy receiver_wall on cases_transfer to hamrong_ward
  using (receiver = nullif(current_setting('hamrong.scope', true), '')) with check (receiver = nullif(current_setting('hamrong.scope', true), ''));

select audit_watch(watched::regclass) from unnest(array[
  'cases_case', 'cases_fact', 'cases_clockfact', 'cases_proposal', 'cases_transfer', 'cases_number']) watched;

-- A fact is never changed or taken away; it only goes along when its case moves to another unit.
create function cases_keep() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(old) - array['unit', 'province'] = to_jsonb(new) - array['unit', 'province'] then return new; end if;
  raise exception 'what happened to a case is kept as it was written' using errcode = 'integrity_constraint_violation';
end $$;
create trigger kept before update or delete on cases_fact for each row execute function cases_keep();
create trigger kept before update or delete on cases_clockfact for each row execute function cases_keep();
create trigger kept before update or delete on cases_number for each row execute function cases_keep();

-- A case stands where its last fact brought it, and each fact begins where the one before it ended.
create function cases_follow() returns trigger language plpgsql as $$
begin
  if not exists (select from cases_fact f where f.case_id = new.id and f.revision = new.revision and f.target = new.state
      and (f.revision = 1 or exists (select from cases_fact b where b.case_id = new.id and b.revision = f.revision - 1
        and b.target = f.source))) then
    raise exception 'case % stands in % without a fact that brought it there', new.id, new.state
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create constraint trigger followed after insert or update of state, revision on cases_case
  deferrable initially deferred for each row execute function cases_follow();

-- The next code of a prefix in a year counts over all units, which the caller may not see.
revoke all on cases_series from hamrong_rights;
create function cases_new_code(wanted text, of_year int) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  given int;
begin
  insert into cases_series as s (prefix, year, last) values (wanted, of_year, 1)
    on conflict on constraint cases_series_pkey do update set last = s.last + 1 returning s.last into given;
  return wanted || '-' || of_year || '-' || lpad(given::text, 6, '0');
end $$;
revoke all on function cases_new_code from public;
grant execute on function cases_new_code to hamrong_rights;
