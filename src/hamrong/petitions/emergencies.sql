-- What is sealed is not opened in an emergency: no opening of a case with something sealed in it is written down.
create function petitions_sealed_is_barred() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return case when cardinality(petitions_sealed_in(new.case_id)) = 0 then new end;
end $$;
create trigger sealed_is_barred before insert on cases_emergency for each row execute function petitions_sealed_is_barred();

-- Of a petition that is not sealed, whoever opened its case in an emergency reads what was told, as long as they read the case.
create policy emergency_wall on petitions_petition for select to hamrong_emergency
  using (not secret and case_id = (select cases_emergency_case()));
