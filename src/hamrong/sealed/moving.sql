-- An order moves reports with the hands that they have: nobody opens them, so nobody has looked for conflicts where they come to.
create or replace function sealed_go_along(of_ticket text, receiver text, taken boolean) returns void language plpgsql as $$
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
  update sealed_report set moved_on = case when taken then null else (now() at time zone 'Asia/Ho_Chi_Minh')::date end where id = report;
  perform set_config('hamrong.sealing', '', true);
end $$;
revoke all on function sealed_go_along from public;
