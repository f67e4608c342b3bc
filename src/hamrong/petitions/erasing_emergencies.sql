-- Why a case was opened in an emergency, and what its reviewer said, goes with the petition, by the same order: a dash stands in its place.
-- Who opened it when, on which ground, and who reviewed it with which finding, stays.
create or replace function cases_emergency_keep() returns trigger language plpgsql as $$
declare
  review constant text[] := array['found', 'answer', 'reviewed_by', 'reviewed_role', 'reviewed_in_place_of', 'reviewed_at'];
  told constant text[] := array['reason', 'answer'];
begin
  if tg_op = 'UPDATE' and current_user = 'hamrong_owner' and current_setting('hamrong.erasing', true) = old.case_id::text
     and new.reason = '–' and new.answer in ('', '–') and to_jsonb(old) - told = to_jsonb(new) - told then return null; end if;
  if tg_op = 'DELETE' or to_jsonb(old) - review <> to_jsonb(new) - review or old.found <> '' then
    raise exception 'an opening in an emergency is kept as it was written' using errcode = 'integrity_constraint_violation';
  end if;
  if old.opener_unit = current_setting('hamrong.scope', true) then
    raise exception 'nobody of the unit that opened it reviews it' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;

create or replace function petitions_erase_case(of_case uuid) returns void
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
    update cases_emergency set reason = '–', answer = case when answer <> '' then '–' else '' end where case_id = of_case;
    perform papers_erase('case:' || named);
  end if;
  perform set_config('hamrong.erasing', '', true);
  perform set_config('hamrong.going', '', true);
end $$;
create policy owner_erases on cases_emergency to hamrong_owner using (case_id::text = current_setting('hamrong.erasing', true)) with check (true);
