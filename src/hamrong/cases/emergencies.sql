-- A case opened in an emergency: the unit that has it, the opener's unit, the province and its inspectors see that it was.
select access_wall('cases_emergency'::regclass, null, 'unit', 'province', true);
create policy opener_wall on cases_emergency to hamrong_ward using (opener_unit = nullif(current_setting('hamrong.scope', true), ''))
  with check (opener_unit = nullif(current_setting('hamrong.scope', true), ''));
create policy inspector_reads on cases_emergency for select to hamrong_inspector
  using (province = nullif(current_setting('hamrong.scope', true), ''));
create policy inspector_reviews on cases_emergency for update to hamrong_inspector
  using (province = nullif(current_setting('hamrong.scope', true), ''))
  with check (province = nullif(current_setting('hamrong.scope', true), ''));
create policy opener_reads on cases_emergency for select to hamrong_emergency
  using (id::text = nullif(current_setting('hamrong.scope', true), ''));
select audit_watch('cases_emergency'::regclass);

-- Which case it is and whose, the database says by the printed code: the opener sees none of it before. Nothing is written
-- where there is no such case, or it is the opener's own unit's; and nobody says otherwise of a case that there is.
create function cases_emergency_begin() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found record;
begin
  perform set_config('hamrong.emergency', coalesce(new.case_id::text, new.code), true);
  select c.id, c.code, c.unit, c.province into found from cases_case c where c.code = new.code or c.id = new.case_id;
  perform set_config('hamrong.emergency', '', true);
  if new.case_id is not null then
    if found.id is not null and (found.code, found.unit, found.province) <> (new.code, new.unit, new.province) then
      raise exception 'the case is another one than was written' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end if;
  if found.id is null or found.unit = new.opener_unit then return null; end if;
  new.case_id := found.id;
  new.unit := found.unit;
  new.province := found.province;
  return new;
end $$;
create trigger begun before insert on cases_emergency for each row execute function cases_emergency_begin();
create policy owner_opens on cases_case for select to hamrong_owner 
  using (nullif(current_setting('hamrong.emergency', true), '') in (code, id::text));

-- It stays as it was written; it is reviewed once, and by nobody of the unit whose officer opened it.
create function cases_emergency_keep() returns trigger language plpgsql as $$
declare
  review constant text[] := array['found', 'answer', 'reviewed_by', 'reviewed_role', 'reviewed_in_place_of', 'reviewed_at'];
begin
  if tg_op = 'DELETE' or to_jsonb(old) - review <> to_jsonb(new) - review or old.found <> '' then
    raise exception 'an opening in an emergency is kept as it was written' using errcode = 'integrity_constraint_violation';
  end if;
  if old.opener_unit = current_setting('hamrong.scope', true) then
    raise exception 'nobody of the unit that opened it reviews it' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger kept after update or delete on cases_emergency for each row execute function cases_emergency_keep();

-- The wall of whoever opened it: this one case, read only, until the time is over. The scope is the opening itself.
create function cases_emergency_case() returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select e.case_id from cases_emergency e
   where e.id::text = nullif(current_setting('hamrong.scope', true), '') and e.opened_at <= now() and e.until > now()
$$;
revoke all on function cases_emergency_case from public;
grant execute on function cases_emergency_case to hamrong_rights;
create policy owner_minds on cases_emergency for select to hamrong_owner using (id::text = nullif(current_setting('hamrong.scope', true), ''));
create policy emergency_wall on cases_case for select to hamrong_emergency using (id = (select cases_emergency_case()));
create policy emergency_wall on cases_fact for select to hamrong_emergency using (case_id = (select cases_emergency_case()));
create policy emergency_wall on cases_clockfact for select to hamrong_emergency using (case_id = (select cases_emergency_case()));
create policy emergency_wall on cases_clock for select to hamrong_emergency using (case_id = (select cases_emergency_case()));
create policy emergency_wall on cases_number for select to hamrong_emergency using (case_id = (select cases_emergency_case()));
