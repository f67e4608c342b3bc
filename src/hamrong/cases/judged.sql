-- Judged without grounds, an opening ends at once: nobody reads on for the rest of its hours.
create or replace function cases_emergency_case() returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select e.case_id from cases_emergency e
   where e.id::text = nullif(current_setting('hamrong.scope', true), '') and e.opened_at <= now() and e.until > now()
     and e.found <> 'unjustified'
$$;
