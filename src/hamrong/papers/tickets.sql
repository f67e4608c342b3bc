-- A sender's files go along with the sender's new code: a room whose objects change tickets calls this when it happens.
create function papers_rotate(changed text, new_ticket text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.going', changed, true);
  update papers_attachment set ticket = new_ticket where ref = changed and ticket is not null;
  perform set_config('hamrong.going', '', true);
end $$;
revoke all on function papers_rotate from public;

-- A change of code is not on record by itself; all else is.
drop trigger audited_update on papers_attachment;
create trigger audited_update after update on papers_attachment for each row
  when (to_jsonb(old) - 'ticket' is distinct from to_jsonb(new) - 'ticket') execute function audit_guard();
