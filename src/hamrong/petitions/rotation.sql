-- A sender changes the code: the ticket of the petition and of its messages. Only whoever has the old one can.
create function petitions_rotate(new_ticket text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  rotated uuid;
begin
  select p.id into rotated from petitions_petition p where p.ticket = current_setting('hamrong.scope', true);
  perform set_config('hamrong.rotating', coalesce(rotated::text, ''), true);
  update petitions_message set ticket = new_ticket where petition_id = rotated;
  update petitions_petition set ticket = new_ticket, settled = false where id = rotated;
  perform set_config('hamrong.rotating', '', true);
  return rotated is not null;
end $$;
revoke all on function petitions_rotate from public;
grant execute on function petitions_rotate to hamrong_rights;
create policy owner_rotates on petitions_petition to hamrong_owner
  using (id::text = current_setting('hamrong.rotating', true)) with check (true);
create policy owner_rotates on petitions_message to hamrong_owner
  using (petition_id::text = current_setting('hamrong.rotating', true)) with check (true);

-- A denouncer's change of code is not on record by itself; all else is.
drop trigger audited_update on petitions_petition;
create trigger audited_update after update on petitions_petition for each row
  when (not new.secret or to_jsonb(old) - array['ticket', 'settled'] is distinct from to_jsonb(new) - array['ticket', 'settled'])
  execute function audit_guard();
