-- Whose rows are whose: the unit that proposed, the province above it.
select access_wall('petitions_erasure', null, 'unit', 'province', true);
select audit_watch('petitions_erasure'::regclass);

-- What was destroyed stays in the register: an answer is given once, and no row goes.
create function petitions_keep_erasure() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.state = 'proposed' then return null; end if;
  raise exception 'the register of what was destroyed is kept as it was written' using errcode = 'integrity_constraint_violation';
end $$;
create trigger kept after update or delete on petitions_erasure for each row execute function petitions_keep_erasure();
