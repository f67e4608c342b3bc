-- Who verifies a denunciation, and who keeps away from it: rows of the unit that has the case, and of the province above it.
select access_wall(walled::regclass, null, 'unit', 'province', true) from unnest(array[
  'petitions_member', 'petitions_recusal']) walled;
select audit_watch(watched::regclass) from unnest(array['petitions_member', 'petitions_recusal']) watched;

-- Nobody takes, proposes, decides or verifies in a case from which they said that they keep away.
create function petitions_keep_away() returns trigger language plpgsql as $$
declare
  told constant jsonb := to_jsonb(new); -- one function for tables that call whoever acts by different names
  acting constant text[] := array[told ->> 'by', told ->> 'in_place_of', told ->> 'approved_by', told ->> 'approved_in_place_of',
    told ->> 'proposed_by', told ->> 'proposed_in_place_of', 'person:' || (told ->> 'person_id')];
begin
  if exists (select from petitions_recusal r where r.case_id = new.case_id and 'person:' || r.person_id = any(acting)) then
    raise exception 'somebody keeps away from this case' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger keeps_away before insert on cases_fact for each row execute function petitions_keep_away();
create trigger keeps_away before insert on cases_proposal for each row execute function petitions_keep_away();
create trigger keeps_away before insert on petitions_member for each row execute function petitions_keep_away();

-- A case that goes to another unit leaves its team behind; who keeps away from it stays known where it goes.
create function petitions_team_goes_along() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.going', new.id::text, true);
  update petitions_member set unit = new.unit, left_by = case when until is null then 'transfer' else left_by end,
      until = coalesce(until, greatest(since, (now() at time zone 'Asia/Ho_Chi_Minh')::date)) where case_id = new.id;
  update petitions_recusal set unit = new.unit where case_id = new.id;
  perform set_config('hamrong.going', '', true);
  return null;
end $$;
create trigger team_goes_along after update of unit on cases_case for each row
  when (old.unit is distinct from new.unit) execute function petitions_team_goes_along();
create policy owner_moves on petitions_member to hamrong_owner
  using (case_id::text = current_setting('hamrong.going', true)) with check (true);
create policy owner_moves on petitions_recusal to hamrong_owner
  using (case_id::text = current_setting('hamrong.going', true)) with check (true);

-- In which units people serve on a day: what is denounced may be a unit. No more than that is told.
create function petitions_units_of(people uuid[], on_day date) returns table (person uuid, unit text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.colleagues', 'units', true);
  return query select distinct p.person_id, p.unit_id::text from accounts_post p
    where p.person_id = any(people) and p.unit_id is not null and p.starts_on <= on_day and (p.ends_on is null or p.ends_on > on_day);
  perform set_config('hamrong.colleagues', '', true);
end $$;
revoke all on function petitions_units_of from public;
grant execute on function petitions_units_of to hamrong_rights;
