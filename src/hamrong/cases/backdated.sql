-- What was put on record on a later day than it took effect, within the scope: for leaders of a unit or of the province, and for the
-- inspector, who sees no case. A case begins on the day on which its petition came in, and what a split copied was counted already.
create function cases_backdated(since timestamptz)
returns table (case_id uuid, code text, course text, act text, source text, unit text, days int, effective_at timestamptz,
  recorded_at timestamptz, by text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.counting', coalesce(current_setting('hamrong.scope', true), ''), true);
  return query
    select c.id, c.code, c.course, f.act, f.source, f.unit,
        (f.recorded_at at time zone 'Asia/Ho_Chi_Minh')::date - (f.effective_at at time zone 'Asia/Ho_Chi_Minh')::date,
        f.effective_at, f.recorded_at, f.by
      from cases_fact f join cases_case c on c.id = f.case_id
     where f.recorded_at >= since and f.revision > 1
       and (f.recorded_at at time zone 'Asia/Ho_Chi_Minh')::date > (f.effective_at at time zone 'Asia/Ho_Chi_Minh')::date
       and not exists (select from cases_fact o where o.case_id = c.parted_id and o.revision = f.revision and o.recorded_at = f.recorded_at)
     order by 7 desc, f.recorded_at desc, c.code;
  perform set_config('hamrong.counting', '', true);
end $$;
revoke all on function cases_backdated from public;
grant execute on function cases_backdated to hamrong_rights;
create policy owner_counts on cases_case for select to hamrong_owner
  using (nullif(current_setting('hamrong.counting', true), '') in (unit, province));
create policy owner_counts on cases_fact for select to hamrong_owner
  using (nullif(current_setting('hamrong.counting', true), '') in (unit, province));
