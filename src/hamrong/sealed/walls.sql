-- Whose rows are whose: the reporter with the ticket, the unit that settles, the province where the holders are.
select access_wall(walled::regclass, 'ticket', 'ward', 'province', true) from unnest(array[
  'sealed_report', 'sealed_part', 'sealed_hand', 'sealed_share', 'sealed_request']) walled;
select access_wall(walled::regclass, null, 'ward', 'province', true) from unnest(array['sealed_lock', 'sealed_answer']) walled;
select access_wall('sealed_dealing', null, null, 'province', true);

-- Every change by an officer is on record. What a reporter does is not, by itself: an entry has a moment and an order.
-- The night counts it (`sealed.settle`).
select audit_watch(watched::regclass) from unnest(array[
  'sealed_key', 'sealed_lock', 'sealed_request', 'sealed_answer', 'sealed_dealing']) watched;

-- Rows of a few kilobytes stay in their table, so that settling writes all of them anew.
alter table sealed_report alter column record set storage main, alter column against set storage main,
  alter column recovery set storage main, alter column reporter set storage main;
alter table sealed_hand alter column wrapped set storage main;
alter table sealed_share alter column wrapped set storage main;

-- Whoever seals must see other units' posts, and whether a key is the one that was put on record; but nothing else.
create function sealed_keys(of_day date)
returns table (key uuid, person uuid, epoch int, public bytea, unit text, role text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.sealing', 'yes', true);
  return query
    select k.id, k.person_id, k.epoch, k.public, coalesce(p.unit_id, ''), coalesce(p.role, '')
      from sealed_key k
      join audit_entry e on e.id = k.entry and e.subject = 'sealed-key:' || coalesce(k.person_id::text, 'trustees')
        || ':' || k.epoch || ':' || encode(sha256(k.public), 'hex')
      left join accounts_post p on p.person_id = k.person_id and p.starts_on <= of_day
        and (p.ends_on is null or p.ends_on > of_day)
      left join accounts_person w on w.id = k.person_id
     where k.ended_on is null and (k.person_id is null or (w.is_active and p.id is not null));
  perform set_config('hamrong.sealing', '', true);
end $$;
revoke all on function sealed_keys from public;
grant execute on function sealed_keys to hamrong_rights;
create policy owner_seals on accounts_post for select to hamrong_owner using (current_setting('hamrong.sealing', true) = 'yes');

-- A report goes to another unit with all that belongs to it; only the unit that has it can send it, or the province.
create function sealed_move(moved uuid, receiver text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  scope text := current_setting('hamrong.scope', true);
  walled text;
begin
  perform set_config('hamrong.sealing', moved::text, true);
  if exists (select from sealed_report r where r.id = moved and (r.ward = scope or r.province = scope) and scope <> '') then
    update sealed_report set ward = receiver where id = moved;
    foreach walled in array array['sealed_part', 'sealed_hand', 'sealed_share', 'sealed_request'] loop
      execute format('update %I set ward = $1 where report_id = $2', walled) using receiver, moved;
    end loop;
    update sealed_answer set ward = receiver where request_id in (select id from sealed_request where report_id = moved);
    perform set_config('hamrong.sealing', '', true);
    return true;
  end if;
  perform set_config('hamrong.sealing', '', true);
  return false;
end $$;
revoke all on function sealed_move from public;
grant execute on function sealed_move to hamrong_rights;
create policy owner_moves on sealed_report to hamrong_owner using (id::text = current_setting('hamrong.sealing', true)) with check (true);
create policy owner_moves on sealed_part to hamrong_owner using (report_id::text = current_setting('hamrong.sealing', true)) with check (true);
create policy owner_moves on sealed_hand to hamrong_owner using (report_id::text = current_setting('hamrong.sealing', true)) with check (true);
create policy owner_moves on sealed_share to hamrong_owner using (report_id::text = current_setting('hamrong.sealing', true)) with check (true);
create policy owner_moves on sealed_request to hamrong_owner using (report_id::text = current_setting('hamrong.sealing', true)) with check (true);
create policy owner_moves on sealed_answer to hamrong_owner
  using (request_id in (select id from sealed_request where report_id::text = current_setting('hamrong.sealing', true))) with check (true);
