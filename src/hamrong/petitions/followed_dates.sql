-- A sender sees the dates that are kept of the case of the own petition: they stand until new ones are signed.
create function petitions_followed_dates()
returns table (rule text, strict timestamptz, legal timestamptz)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  followed uuid;
begin
  select p.case_id into followed from petitions_petition p
   where p.ticket = nullif(current_setting('hamrong.scope', true), '');
  perform set_config('hamrong.following', coalesce(followed::text, ''), true);
  return query select k.rule, k.strict, k.legal from cases_clock k where k.case_id = followed and k.state = 'running';
  perform set_config('hamrong.following', '', true);
end $$;
revoke all on function petitions_followed_dates from public;
grant execute on function petitions_followed_dates to hamrong_rights;
create policy owner_follows on cases_clock for select to hamrong_owner using (case_id::text = current_setting('hamrong.following', true));
