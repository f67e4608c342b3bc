-- What a petition is may be said otherwise until it is sorted; what is sealed stays sealed, whatever it is called.
create function petitions_keep_kind() returns trigger language plpgsql as $$
begin
  if old.secret and not new.secret then
    raise exception 'petition % is sealed, and stays so', old.id using errcode = 'integrity_constraint_violation';
  end if;
  if old.kind <> new.kind and old.sorting <> '' then
    raise exception 'petition % was sorted, and keeps its kind', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger kind_is_kept after update of kind, secret on petitions_petition for each row execute function petitions_keep_kind();
