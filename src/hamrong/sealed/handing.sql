-- A report goes to another unit with all that belongs to it; only the unit that has it can send it, or the province.
create or replace function sealed_move(moved uuid, receiver text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  scope text := current_setting('hamrong.scope', true);
  ours boolean;
begin
  perform set_config('hamrong.sealing', moved::text, true);
  ours := exists (select from sealed_report r where r.id = moved and (r.ward = scope or r.province = scope) and scope <> '');
  if ours then perform sealed_carry(moved, receiver); end if;
  perform set_config('hamrong.sealing', '', true);
  return ours;
end $$;

-- Every row of the report that `hamrong.sealing` names, to a unit; for the functions of this file.
create function sealed_carry(moved uuid, receiver text) returns void language plpgsql as $$
declare
  walled text;
begin
  update sealed_report set ward = receiver where id = moved;
  foreach walled in array array['sealed_part', 'sealed_hand', 'sealed_share', 'sealed_request'] loop
    execute format('update %I set ward = $1 where report_id = $2', walled) using receiver, moved;
  end loop;
  update sealed_answer set ward = receiver where request_id in (select id from sealed_request where report_id = moved);
end $$;
revoke all on function sealed_carry from public;

-- Which report has a ticket, whatever unit has it; for functions of rooms above, which run as the owner.
create function sealed_by_ticket(of_ticket text) returns uuid language plpgsql as $$
declare
  found uuid;
begin
  perform set_config('hamrong.sealing', 'ticket ' || of_ticket, true);
  select r.id into found from sealed_report r where r.ticket = of_ticket;
  perform set_config('hamrong.sealing', '', true);
  return found;
end $$;
revoke all on function sealed_by_ticket from public;
create policy owner_finds on sealed_report for select to hamrong_owner
  using ('ticket ' || ticket = current_setting('hamrong.sealing', true));

-- Whether a handler of the receiving unit has been given the keys of a report, and still serves there.
create function sealed_ready(of_ticket text, receiver text) returns boolean language plpgsql as $$
declare
  report uuid := sealed_by_ticket(of_ticket);
  able uuid[];
  ready boolean;
begin
  select coalesce(array_agg(k.key), '{}') into able from sealed_keys((now() at time zone 'Asia/Ho_Chi_Minh')::date) k where k.unit = receiver;
  perform set_config('hamrong.sealing', report::text, true);
  ready := exists (select from sealed_hand h where h.report_id = report and h.what = 'content-offered' and h.key_id = any(able));
  perform set_config('hamrong.sealing', '', true);
  return ready;
end $$;
revoke all on function sealed_ready from public;

-- A report goes where its matter goes. Taken over by a unit, it goes into the hands that were prepared there, and the old
-- hands are emptied. Where an order moves everything of a unit that ceased, hands stay as they are: nobody opens them.
create function sealed_go_along(of_ticket text, receiver text, taken boolean) returns void language plpgsql as $$
declare
  report uuid := sealed_by_ticket(of_ticket);
  able uuid[];
begin
  if report is null then return; end if;
  if taken and not sealed_ready(of_ticket, receiver) then
    raise exception 'nobody of % was given the keys of what is sealed', receiver using errcode = 'integrity_constraint_violation';
  end if;
  select coalesce(array_agg(k.key), '{}') into able from sealed_keys((now() at time zone 'Asia/Ho_Chi_Minh')::date) k where k.unit = receiver;
  perform set_config('hamrong.sealing', report::text, true);
  if taken then
    delete from sealed_hand h where h.report_id = report and (h.what = 'content' or h.what like '%-offered' and h.key_id <> all(able)
      or h.what = 'against' and h.key_id not in (select s.key_id from sealed_share s where s.report_id = report));
    update sealed_hand h set what = split_part(h.what, '-', 1) where h.report_id = report and h.what like '%-offered';
    update sealed_answer a set wrapped = null where a.request_id in (select r.id from sealed_request r
      where r.report_id = report and r.state in ('waiting', 'ready') and r.key_id not in (
        select h.key_id from sealed_hand h where h.report_id = report and h.what = 'content'));
    update sealed_request r set state = 'ended' where r.report_id = report and r.state in ('waiting', 'ready')
      and r.key_id not in (select h.key_id from sealed_hand h where h.report_id = report and h.what = 'content');
  end if;
  perform sealed_carry(report, receiver);
  perform set_config('hamrong.sealing', '', true);
end $$;
revoke all on function sealed_go_along from public;

-- The unit that was asked did not take it: what was prepared for it is gone.
create function sealed_take_back(of_ticket text) returns void language plpgsql as $$
declare
  report uuid := sealed_by_ticket(of_ticket);
begin
  perform set_config('hamrong.sealing', coalesce(report::text, ''), true);
  delete from sealed_hand h where h.report_id = report and h.what like '%-offered';
  perform set_config('hamrong.sealing', '', true);
end $$;
revoke all on function sealed_take_back from public;
