-- A reporter changes the code: the ticket of the report and of all that belongs to it. Only whoever has the old one can.
create function sealed_rotate(rotated uuid, new_ticket text, new_reporter bytea) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  scope text := current_setting('hamrong.scope', true);
  walled text;
  mine boolean;
begin
  perform set_config('hamrong.sealing', rotated::text, true);
  mine := exists (select from sealed_report r where r.id = rotated and r.ticket = scope and scope <> '');
  if mine then
    update sealed_report set ticket = new_ticket, reporter = new_reporter, settled = false where id = rotated;
    foreach walled in array array['sealed_part', 'sealed_hand', 'sealed_share', 'sealed_request'] loop
      execute format('update %I set ticket = $1 where report_id = $2', walled) using new_ticket, rotated;
    end loop;
  end if;
  perform set_config('hamrong.sealing', '', true);
  return mine;
end $$;
revoke all on function sealed_rotate from public;
grant execute on function sealed_rotate to hamrong_rights;

-- A reporter's change of code is not on record by itself, as nothing is that a reporter does; all else about a request is.
drop trigger audited_update on sealed_request;
create trigger audited_update after update on sealed_request for each row
  when (to_jsonb(old) - 'ticket' is distinct from to_jsonb(new) - 'ticket') execute function audit_guard();
