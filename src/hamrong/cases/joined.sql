-- A case is joined to one of its own unit that is joined to none itself.
create function cases_joined_is_plain() returns trigger language plpgsql as $$
begin
  if new.joined_id is not null and not exists (
      select from cases_case m where m.id = new.joined_id and m.unit = new.unit and m.joined_id is null) then
    raise exception 'case % is joined to a case elsewhere, or to a joined one', new.id using errcode = 'integrity_constraint_violation';
  end if;
  if exists (select from cases_case m where m.joined_id = new.id and (new.joined_id is not null or m.unit <> new.unit)) then
    raise exception 'cases are joined to %, and stay with it', new.id using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create constraint trigger joined_is_plain after insert or update of joined_id, unit on cases_case
  deferrable initially deferred for each row execute function cases_joined_is_plain();
