-- The ticket of a report and of all that belongs to it, within one of the functions below.
create function sealed_retick(changed uuid, new_ticket text, new_reporter bytea) returns void
language plpgsql set search_path = public, pg_temp as $$
declare
  walled text;
begin
  update sealed_report set ticket = new_ticket, reporter = new_reporter, settled = false where id = changed;
  foreach walled in array array['sealed_part', 'sealed_hand', 'sealed_share', 'sealed_request'] loop
    execute format('update %I set ticket = $1 where report_id = $2', walled) using new_ticket, changed;
  end loop;
end $$;
revoke all on function sealed_retick from public;

-- A reporter changes the code. Only whoever has the old one can.
create or replace function sealed_rotate(rotated uuid, new_ticket text, new_reporter bytea) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  scope constant text := coalesce(current_setting('hamrong.scope', true), '');
  mine boolean;
begin
  perform set_config('hamrong.sealing', rotated::text, true);
  mine := exists (select from sealed_report r where r.id = rotated and r.ticket = scope and scope <> '');
  if mine then
    perform sealed_retick(rotated, new_ticket, new_reporter);
  end if;
  perform set_config('hamrong.sealing', '', true);
  return mine;
end $$;

-- The code is lost: whoever has the report puts a new one in its place, on the day on which holders opened the identity,
-- so that it was compared with a person. A room above calls this from a function of its own; nobody else can.
create function sealed_reissue(renewed uuid, old_ticket text, new_ticket text, new_reporter bytea) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  scope constant text := coalesce(current_setting('hamrong.scope', true), '');
  mine boolean;
begin
  perform set_config('hamrong.sealing', renewed::text, true);
  mine := exists (select from sealed_report r join sealed_request q on q.report_id = r.id
    where r.id = renewed and r.ticket = old_ticket and scope <> '' and scope in (r.ward, r.province)
      and q.state = 'opened' and q.opened_on = (now() at time zone 'Asia/Ho_Chi_Minh')::date);
  if mine then
    perform sealed_retick(renewed, new_ticket, new_reporter);
  end if;
  perform set_config('hamrong.sealing', '', true);
  return mine;
end $$;
revoke all on function sealed_reissue from public;
