-- Whose rows are whose: the unit that has the object, the province above it; files also the reporter with the ticket.
select access_wall('papers_paper'::regclass, null, 'unit', 'province', true);
select access_wall('papers_attachment'::regclass, 'ticket', 'unit', 'province', true);

-- A reporter's file leaves no entry by itself: an entry has a moment and a place in the order. Everything else is on record.
select audit_watch('papers_paper'::regclass);
create trigger audited_insert after insert on papers_attachment for each row when (new.received_by <> '') execute function audit_guard();
create trigger audited_update after update on papers_attachment for each row execute function audit_guard();
create trigger audited_delete after delete on papers_attachment for each row execute function audit_guard();

-- What was signed is never changed or taken away; it only goes along when its case moves to another unit.
create function papers_keep() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(old) - array['unit', 'province'] = to_jsonb(new) - array['unit', 'province'] then return new; end if;
  raise exception 'a signed paper is kept as it was signed' using errcode = 'integrity_constraint_violation';
end $$;
create trigger kept before update or delete on papers_paper for each row when (old.state = 'signed') execute function papers_keep();

-- Papers and files go where their object goes: a room whose objects move calls this in its own trigger.
create function papers_move(moved text, receiver text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.going', moved, true);
  update papers_paper set unit = receiver where ref = moved;
  update papers_attachment set unit = receiver where ref = moved;
  perform set_config('hamrong.going', '', true);
end $$;
revoke all on function papers_move from public;
create function papers_go_along() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform papers_move('case:' || new.code, new.unit);
  return null;
end $$;
create trigger papers_go_along after update of unit on cases_case for each row
  when (old.unit is distinct from new.unit) execute function papers_go_along();
create policy owner_moves on papers_paper to hamrong_owner using (ref = current_setting('hamrong.going', true)) with check (true);
create policy owner_moves on papers_attachment to hamrong_owner using (ref = current_setting('hamrong.going', true)) with check (true);

-- Anybody who holds a paper can see that it is genuine: who gave it out, its number and day, and its digest. Nothing it says.
create function papers_proof(wanted text)
returns table (unit text, number int, symbol text, signed_at timestamptz, digest bytea)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.proving', wanted, true);
  return query select p.numbered_by, p.number, p.symbol, p.signed_at, p.digest from papers_paper p where p.code = wanted;
  perform set_config('hamrong.proving', '', true);
end $$;
revoke all on function papers_proof from public;
grant execute on function papers_proof to hamrong_rights;
create policy owner_proves on papers_paper for select to hamrong_owner
  using (code = current_setting('hamrong.proving', true) and state = 'signed');
