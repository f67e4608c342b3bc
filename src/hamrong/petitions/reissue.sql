-- Whoever comes with a code that was replaced at a desk is told so. There is nothing by which to find the petition.
select access_wall('petitions_replaced', 'ticket', null, null, true);
create policy owner_replaces on petitions_replaced for insert to hamrong_owner with check (true);

-- The ticket of a petition and of all that belongs to it, within one of the functions below.
create function petitions_retick(changed uuid, new_ticket text) returns void
language plpgsql set search_path = public, pg_temp as $$
begin
  update petitions_message set ticket = new_ticket where petition_id = changed;
  update petitions_petition set ticket = new_ticket, settled = false where id = changed;
  perform papers_rotate('petition:' || changed, new_ticket);
end $$;
revoke all on function petitions_retick from public;

-- A sender changes the code. Only whoever has the old one can.
create or replace function petitions_rotate(new_ticket text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  rotated uuid;
begin
  select p.id into rotated from petitions_petition p where p.ticket = current_setting('hamrong.scope', true);
  perform set_config('hamrong.rotating', coalesce(rotated::text, ''), true);
  if rotated is not null then
    perform petitions_retick(rotated, new_ticket);
  end if;
  perform set_config('hamrong.rotating', '', true);
  return rotated is not null;
end $$;

-- The sender lost the code: the unit that has the petition, or the province, puts a new one in its place. Of a sealed one
-- only together with the report (`report`, `reporter`), whose identity was opened today.
create function petitions_reissue(renewed uuid, new_ticket text, report uuid, reporter bytea) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  scope constant text := coalesce(current_setting('hamrong.scope', true), '');
  one petitions_petition;
  mine boolean;
begin
  perform set_config('hamrong.rotating', renewed::text, true);
  select p.* into one from petitions_petition p where p.id = renewed and p.erased_on is null and scope <> ''
    and scope in (p.unit, p.province);
  mine := one.id is not null;
  if mine and one.secret then
    mine := sealed_reissue(report, one.ticket, new_ticket, reporter);
  end if;
  if mine then
    perform petitions_retick(renewed, new_ticket);
    insert into petitions_replaced (ticket, replaced_on)
      values (one.ticket, (now() at time zone 'Asia/Ho_Chi_Minh')::date);
  end if;
  perform set_config('hamrong.rotating', '', true);
  return mine;
end $$;
revoke all on function petitions_reissue from public;
grant execute on function petitions_reissue to hamrong_rights;
