-- Whoever said that they keep away from a case does not open it in an emergency either, nor does anybody in their place.
create function petitions_emergency_kept_away() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  away boolean;
begin
  perform set_config('hamrong.going', new.case_id::text, true);
  away := exists (select from petitions_recusal r where r.case_id = new.case_id
    and 'person:' || r.person_id in (new.opened_by, new.in_place_of));
  perform set_config('hamrong.going', '', true);
  return case when not away then new end;
end $$;
create trigger keeps_away before insert on cases_emergency for each row execute function petitions_emergency_kept_away();
