-- A sorting that began no case is taken back by two people, too: one proposed it with a reason, another approved, and both stay
-- with what it was sorted as.
create or replace function petitions_keep_sorting() returns trigger language plpgsql as $$
declare
  before constant int := jsonb_array_length(old.sorted_before);
  was constant jsonb := new.sorted_before -> before;
begin
  if new.erased_on is null and exists (
      select from generate_series(0, before - 1) i where new.sorted_before -> i is distinct from old.sorted_before -> i) then
    raise exception 'what petition % was sorted as before is kept', old.id using errcode = 'integrity_constraint_violation';
  end if;
  if old.sorting = new.sorting or old.sorting = '' then
    if jsonb_array_length(new.sorted_before) <> before then
      raise exception 'petition % was sorted as before what it was not', old.id using errcode = 'integrity_constraint_violation';
    end if;
  elsif new.sorting <> '' or jsonb_array_length(new.sorted_before) <> before + 1 or was ->> 'case' is distinct from old.case_id::text
      or not (case when old.case_id is null
        then coalesce(was ->> 'proposed_by' = old.taking_back ->> 'by' and was ->> 'approved_by' not in ('', old.taking_back ->> 'by'), false)
        else exists (select from cases_fact f where f.case_id = old.case_id and f.act like '%.resort' and f.approved_by <> '') end) then
    raise exception 'petition % was sorted, and goes back by a step of two people', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
