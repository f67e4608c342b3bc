-- An owner who moves house takes the file of the plate along. The office of the new place brings it by the owner's document;
-- an open application stops it, for the old office has something to hand over still.
drop function plates_bring(text, bytea);
drop policy owner_brings on plates_plate;
drop policy owner_holds on plates_plate;
create function plates_bring(wanted text, owner bytea, stands text, out came_from text, out busy boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  office text := nullif(current_setting('hamrong.scope', true), '');
begin
  perform set_config('hamrong.owner', encode(owner, 'hex'), true), set_config('hamrong.number', wanted, true);
  select p.ward into came_from from plates_plate p
   where p.number = wanted and p.state = stands and p.owner_index = owner for update;
  busy := came_from is not null and exists (
    select from plates_act a where a.number = wanted and a.done_at is null and a.undone_at is null);
  update plates_plate p set ward = office
   where p.number = wanted and p.owner_index = owner and came_from <> office and not busy;
  perform set_config('hamrong.owner', '', true), set_config('hamrong.number', '', true);
end $$;

-- A move that was entered by mistake and is undone gives the plate back to the office that it came from.
create function plates_give_back(wanted text, undone uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  given boolean;
begin
  perform set_config('hamrong.number', wanted, true);
  update plates_plate p set ward = a.origin from plates_act a
   where p.number = wanted and a.number = wanted and a.id = undone and a.act = 'move' and a.undone_at is not null
     and a.origin <> '' and p.ward = a.ward and a.ward = current_setting('hamrong.scope', true);
  given := found;
  perform set_config('hamrong.number', '', true);
  return given;
end $$;

-- What other offices did with a plate that is here now: its history came along.
create function plates_past(wanted text) returns setof plates_act
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.number', wanted, true);
  return query select a.* from plates_act a where a.number = wanted and exists (
    select from plates_plate p where p.number = wanted and p.ward = nullif(current_setting('hamrong.scope', true), ''));
  perform set_config('hamrong.number', '', true);
end $$;

-- Which plates left this office since an instant, and where they are looked after now.
create function plates_left(since timestamptz) returns table (number text, at timestamptz, ward text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.origin', current_setting('hamrong.scope', true), true);
  return query select a.number, a.asked_at, a.ward from plates_act a
   where a.origin = nullif(current_setting('hamrong.scope', true), '') and a.asked_at >= since and a.undone_at is null
   order by a.asked_at desc;
  perform set_config('hamrong.origin', '', true);
end $$;
revoke all on function plates_bring, plates_give_back, plates_past, plates_left from public, hamrong_rights;
grant execute on function plates_bring, plates_give_back, plates_past, plates_left to hamrong_ward;

create policy owner_holds on plates_plate for select to hamrong_owner
  using (state <> 'withdrawn' and owner_index = decode(current_setting('hamrong.owner', true), 'hex'));
create policy owner_brings on plates_plate for update to hamrong_owner
  using (state <> 'withdrawn' and owner_index = decode(current_setting('hamrong.owner', true), 'hex')) with check (true);
create policy owner_looks on plates_plate for select to hamrong_owner using (number = current_setting('hamrong.number', true));
create policy owner_gives_back on plates_plate for update to hamrong_owner
  using (number = current_setting('hamrong.number', true)) with check (true);
create policy owner_looks on plates_act for select to hamrong_owner
  using (number = current_setting('hamrong.number', true) or origin = nullif(current_setting('hamrong.origin', true), ''));
