-- A sorting is taken back only by a step of its case that two people took, and what it was stays with the petition for ever: reasons
-- go when it is erased. Otherwise what was sorted stays sorted as it was.
create function petitions_keep_sorting() returns trigger language plpgsql as $$
declare
  before constant int := jsonb_array_length(old.sorted_before);
begin
  if new.erased_on is null and exists (
      select from generate_series(0, before - 1) i where new.sorted_before -> i is distinct from old.sorted_before -> i) then
    raise exception 'what petition % was sorted as before is kept', old.id using errcode = 'integrity_constraint_violation';
  end if;
  if old.sorting = new.sorting or old.sorting = '' then
    if jsonb_array_length(new.sorted_before) <> before then
      raise exception 'petition % was sorted as before what it was not', old.id using errcode = 'integrity_constraint_violation';
    end if;
  elsif new.sorting <> '' or jsonb_array_length(new.sorted_before) <> before + 1 or new.sorted_before -> before ->> 'case' is distinct from old.case_id::text
      or not exists (select from cases_fact f where f.case_id = old.case_id and f.act like '%.resort' and f.approved_by <> '') then
    raise exception 'petition % was sorted, and goes back by a step of two people', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger sorting_is_kept after update of sorting, sorted_before on petitions_petition for each row execute function petitions_keep_sorting();

-- What is sealed stays with every case that it was in: who decides there has a key, nobody opens it in an emergency, and what is erased
-- is erased there, too.
create policy owner_left on petitions_petition for select to hamrong_owner
  using (sorted_before <> '[]' and sorted_before @> jsonb_build_array(jsonb_build_object('case', current_setting('hamrong.going', true))));

create or replace function petitions_sealed_in(moved uuid) returns text[] language plpgsql as $$
declare
  one uuid;
  found text[] := '{}';
begin
  perform set_config('hamrong.moving', moved::text, true);
  for one in select c.id from cases_case c where c.id = moved or c.joined_id = moved loop
    perform set_config('hamrong.going', one::text, true);
    found := found || (select coalesce(array_agg(p.ticket), '{}') from petitions_petition p where p.case_id = one and p.secret);
    found := found || (select coalesce(array_agg(p.ticket), '{}') from petitions_petition p where p.secret
      and p.sorted_before <> '[]' and p.sorted_before @> jsonb_build_array(jsonb_build_object('case', one::text)));
  end loop;
  perform set_config('hamrong.going', '', true);
  perform set_config('hamrong.moving', '', true);
  return found;
end $$;

create or replace function petitions_erase_case(of_case uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  named text;
begin
  perform set_config('hamrong.going', of_case::text, true);
  perform set_config('hamrong.erasing', of_case::text, true);
  select c.code into named from cases_case c where c.id = of_case;
  if named is not null and (exists (select from petitions_petition p where p.case_id = of_case and p.erased_on is not null)
      or exists (select from petitions_petition p where p.erased_on is not null and p.sorted_before <> '[]'
        and p.sorted_before @> jsonb_build_array(jsonb_build_object('case', of_case::text)))) then
    update cases_fact set reason = '' where case_id = of_case and reason <> '';
    update cases_proposal set told = '{}', answer = '' where case_id = of_case;
    update cases_transfer set reason = '', answer = '' where case_id = of_case;
    update cases_emergency set reason = '–', answer = case when answer <> '' then '–' else '' end where case_id = of_case;
    perform papers_erase('case:' || named);
  end if;
  perform set_config('hamrong.erasing', '', true);
  perform set_config('hamrong.going', '', true);
end $$;

-- A sender sees the signed papers of the cases that were stopped, too.
create or replace function petitions_refs() returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  petition text;
  followed uuid;
  printed text;
  before text[];
begin
  select 'petition:' || p.id, p.case_id, array(select 'case:' || (e ->> 'code') from jsonb_array_elements(p.sorted_before) e)
    into petition, followed, before from petitions_petition p
   where p.ticket = nullif(current_setting('hamrong.scope', true), '');
  perform set_config('hamrong.following', coalesce(followed::text, ''), true);
  select 'case:' || c.code into printed from cases_case c where c.id = followed;
  perform set_config('hamrong.following', '', true);
  return array_remove(array[petition, printed] || before, null);
end $$;
