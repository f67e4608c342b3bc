-- Which entry of the record proves a signed paper: for whoever has its code.
create function papers_entry(wanted text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found uuid;
begin
  perform set_config('hamrong.proving', wanted, true);
  select p.proof into found from papers_paper p where p.code = wanted;
  perform set_config('hamrong.proving', '', true);
  return found;
end $$;
revoke all on function papers_entry from public;
grant execute on function papers_entry to hamrong_rights;
