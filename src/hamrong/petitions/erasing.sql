-- What is told in the facts of a case goes with the petition, by the same order: reasons, proposals word for word, why it was sent
-- on. Who did what when, by which decision, with which result, stays; so does the hash of what was proposed.
create or replace function cases_keep() returns trigger language plpgsql as $$
declare
  movable constant text[] := array['unit', 'province'];
begin
  if tg_op = 'UPDATE' and to_jsonb(old) - movable = to_jsonb(new) - movable then return new; end if;
  if tg_op = 'UPDATE' and current_user = 'hamrong_owner' and current_setting('hamrong.erasing', true) = to_jsonb(old) ->> 'case_id'
     and to_jsonb(new) ->> 'reason' = '' and to_jsonb(old) - 'reason' = to_jsonb(new) - 'reason' then return new; end if;
  raise exception 'what happened to a case is kept as it was written' using errcode = 'integrity_constraint_violation';
end $$;

create function petitions_erase_case(of_case uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  named text;
begin
  perform set_config('hamrong.going', of_case::text, true);
  perform set_config('hamrong.erasing', of_case::text, true);
  select c.code into named from cases_case c where c.id = of_case;
  if named is not null and exists (select from petitions_petition p where p.case_id = of_case and p.erased_on is not null) then
    update cases_fact set reason = '' where case_id = of_case and reason <> '';
    update cases_proposal set told = '{}', answer = '' where case_id = of_case;
    update cases_transfer set reason = '', answer = '' where case_id = of_case;
    perform papers_erase('case:' || named);
  end if;
  perform set_config('hamrong.erasing', '', true);
  perform set_config('hamrong.going', '', true);
end $$;
revoke all on function petitions_erase_case from public;
grant execute on function petitions_erase_case to hamrong_rights;
create policy owner_erases on cases_case for select to hamrong_owner using (id::text = current_setting('hamrong.erasing', true));
create policy owner_erases on cases_fact to hamrong_owner using (case_id::text = current_setting('hamrong.erasing', true)) with check (true);
create policy owner_erases on cases_proposal to hamrong_owner using (case_id::text = current_setting('hamrong.erasing', true)) with check (true);
create policy owner_erases on cases_transfer to hamrong_owner using (case_id::text = current_setting('hamrong.erasing', true)) with check (true);

create function petitions_erase_papers(of_petition uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.erasing', of_petition::text, true);
  if exists (select from petitions_petition p where p.id = of_petition and p.erased_on is not null) then
    perform papers_erase('petition:' || of_petition);
  end if;
  perform set_config('hamrong.erasing', '', true);
end $$;
revoke all on function petitions_erase_papers from public;
grant execute on function petitions_erase_papers to hamrong_rights;
create policy owner_erases on petitions_petition for select to hamrong_owner using (id::text = current_setting('hamrong.erasing', true));
