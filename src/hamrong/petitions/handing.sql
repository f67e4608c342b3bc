-- A petition goes where its case goes, and so does the sealed report of a denunciation: taken over by another unit, into the
-- hands that were prepared there; moved by an order, as it is.
create or replace function petitions_go_along() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  taken boolean := coalesce(current_setting('hamrong.moving', true), '') <> '';
  each record;
begin
  perform set_config('hamrong.going', new.id::text, true);
  for each in select p.ticket from petitions_petition p where p.case_id = new.id and p.secret loop
    perform sealed_go_along(each.ticket, new.unit, taken);
  end loop;
  update petitions_message set unit = new.unit
   where petition_id in (select p.id from petitions_petition p where p.case_id = new.id);
  update petitions_petition set unit = new.unit where case_id = new.id;
  perform set_config('hamrong.going', '', true);
  return null;
end $$;

-- Tickets of what is sealed in a case and in those that were joined to it; for the functions of this file.
create function petitions_sealed_in(moved uuid) returns text[] language plpgsql as $$
declare
  one uuid;
  found text[] := '{}';
begin
  perform set_config('hamrong.moving', moved::text, true);
  for one in select c.id from cases_case c where c.id = moved or c.joined_id = moved loop
    perform set_config('hamrong.going', one::text, true);
    found := found || (select coalesce(array_agg(p.ticket), '{}') from petitions_petition p where p.case_id = one and p.secret);
  end loop;
  perform set_config('hamrong.going', '', true);
  perform set_config('hamrong.moving', '', true);
  return found;
end $$;
revoke all on function petitions_sealed_in from public;

-- Whether all that is sealed in a case that is offered to the unit of the scope can be read there by somebody.
create function petitions_sealed_ready(offer uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  moved uuid;
  taker text := current_setting('hamrong.scope', true);
begin
  perform set_config('hamrong.moving', offer::text, true);
  select t.case_id into moved from cases_transfer t where t.id = offer and t.state = 'offered' and t.receiver = taker;
  perform set_config('hamrong.moving', '', true);
  return moved is null or (select coalesce(bool_and(sealed_ready(ticket, taker)), true) from unnest(petitions_sealed_in(moved)) ticket);
end $$;
revoke all on function petitions_sealed_ready from public;
grant execute on function petitions_sealed_ready to hamrong_rights;

-- An offer that was refused or taken back: what was prepared for the other unit is gone.
create function petitions_sealed_stay() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform sealed_take_back(ticket) from unnest(petitions_sealed_in(new.case_id)) ticket;
  return null;
end $$;
create trigger sealed_stays after update of state on cases_transfer for each row
  when (old.state = 'offered' and new.state in ('refused', 'withdrawn')) execute function petitions_sealed_stay();
