-- Nobody of the unit that has a report reads it: no content key there is of somebody who still serves there.
create function sealed_unread(report uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  place text;
  able uuid[];
  unread boolean;
begin
  perform set_config('hamrong.sealing', report::text, true);
  select r.ward into place from sealed_report r where r.id = report;
  select coalesce(array_agg(k.key), '{}') into able from sealed_keys((now() at time zone 'Asia/Ho_Chi_Minh')::date) k where k.unit = place;
  perform set_config('hamrong.sealing', report::text, true);
  unread := not exists (select from sealed_hand h where h.report_id = report and h.what = 'content' and h.key_id = any(able));
  perform set_config('hamrong.sealing', '', true);
  return unread;
end $$;
revoke all on function sealed_unread from public;
grant execute on function sealed_unread to hamrong_rights;

-- Whether somebody may decide in the matter of a report: 'yes' with its content key, which nobody who is denounced has; 'unchecked' while
-- nobody looked for conflicts after an order; 'keyless' without it. Where nobody of the unit reads it any more: 'yes' for whoever was
-- given the list of the denounced by a holder, who looked whether they are on it, else 'unread'. 'yes' where there is no such report.
create function sealed_decides(of_ticket text, who uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  report uuid := sealed_by_ticket(of_ticket);
  unread boolean := report is not null and sealed_unread(report);
  own uuid[];
  answer text;
begin
  select coalesce(array_agg(k.key), '{}') into own from sealed_keys((now() at time zone 'Asia/Ho_Chi_Minh')::date) k where k.person = who;
  perform set_config('hamrong.sealing', coalesce(report::text, ''), true);
  select case
      when exists (select from sealed_hand h where h.report_id = r.id and h.what = 'content' and h.key_id = any(own))
        then case when r.moved_on is null then 'yes' else 'unchecked' end
      when not unread then 'keyless'
      when exists (select from sealed_hand h where h.report_id = r.id and h.what = 'against' and h.key_id = any(own)) then 'yes'
      else 'unread' end
    into answer from sealed_report r where r.id = report;
  perform set_config('hamrong.sealing', '', true);
  return coalesce(answer, 'yes');
end $$;
revoke all on function sealed_decides from public;
grant execute on function sealed_decides to hamrong_rights;

-- A report that nobody of its unit reads goes up to the province closed: its hands stay as they are, and whoever still has a key of it
-- looks for conflicts before reading.
create or replace function sealed_ready(of_ticket text, receiver text) returns boolean language plpgsql as $$
begin
  return sealed_given(of_ticket, receiver) or sealed_closed(of_ticket, receiver);
end $$;

create function sealed_closed(of_ticket text, receiver text) returns boolean language plpgsql as $$
declare
  report uuid := sealed_by_ticket(of_ticket);
  above boolean;
begin
  perform set_config('hamrong.sealing', coalesce(report::text, ''), true);
  above := exists (select from sealed_report r where r.id = report and r.province = receiver and r.ward <> receiver);
  perform set_config('hamrong.sealing', '', true);
  return above and sealed_unread(report);
end $$;
revoke all on function sealed_closed from public;

-- Whether a handler of the receiving unit has been given the keys of a report, and still serves there.
create function sealed_given(of_ticket text, receiver text) returns boolean language plpgsql as $$
declare
  report uuid := sealed_by_ticket(of_ticket);
  able uuid[];
  given boolean;
begin
  select coalesce(array_agg(k.key), '{}') into able from sealed_keys((now() at time zone 'Asia/Ho_Chi_Minh')::date) k where k.unit = receiver;
  perform set_config('hamrong.sealing', report::text, true);
  given := exists (select from sealed_hand h where h.report_id = report and h.what = 'content-offered' and h.key_id = any(able));
  perform set_config('hamrong.sealing', '', true);
  return given;
end $$;
revoke all on function sealed_given from public;

create or replace function sealed_go_along(of_ticket text, receiver text, taken boolean) returns void language plpgsql as $$
declare
  report uuid := sealed_by_ticket(of_ticket);
  open boolean := taken and report is not null and sealed_given(of_ticket, receiver);
  able uuid[];
begin
  if report is null then return; end if;
  if taken and not open and not sealed_closed(of_ticket, receiver) then
    raise exception 'nobody of % was given the keys of what is sealed', receiver using errcode = 'integrity_constraint_violation';
  end if;
  select coalesce(array_agg(k.key), '{}') into able from sealed_keys((now() at time zone 'Asia/Ho_Chi_Minh')::date) k where k.unit = receiver;
  perform set_config('hamrong.sealing', report::text, true);
  if open then
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
  update sealed_report set moved_on = case when open then null else (now() at time zone 'Asia/Ho_Chi_Minh')::date end where id = report;
  perform set_config('hamrong.sealing', '', true);
end $$;
revoke all on function sealed_go_along from public;
