-- Plates after they were given: offices look into another one only for one vehicle, or for one owner who stands there.
drop function plates_vehicle(bytea);
create function plates_vehicle(vehicle bytea, out carries boolean, out drawn int, out waits boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- one at a time for each vehicle: it must not get a file here and its owner's old plate there
  perform pg_advisory_xact_lock(hashtextextended(encode(vehicle, 'hex'), 36));
  perform set_config('hamrong.vehicle', encode(vehicle, 'hex'), true);
  carries := exists (select from plates_plate p where p.vehicle_index = vehicle);
  select count(*) filter (where d.state = 'drawn'), bool_or(d.state in ('filed', 'pressed', 'sealed')) into drawn, waits
    from plates_draw d where d.vehicle_index = vehicle;
  waits := coalesce(waits, false);
  perform set_config('hamrong.vehicle', '', true);
end $$;
revoke all on function plates_vehicle from public;
grant execute on function plates_vehicle to hamrong_rights;

-- Which plates are kept for an owner, in whatever office: the owner stands at the counter with the document.
create function plates_kept(owner bytea)
returns table (number text, pool text, colour text, kept_until date)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.owner', encode(owner, 'hex'), true);
  return query select p.number, p.pool, p.colour, p.kept_until from plates_plate p
    where p.state = 'kept' and p.owner_index = owner order by p.number;
  perform set_config('hamrong.owner', '', true);
end $$;
-- A kept plate comes to the office where its owner registers the next vehicle; whether it did.
create function plates_bring(wanted text, owner bytea) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  office text := current_setting('hamrong.scope', true);
begin
  perform set_config('hamrong.owner', encode(owner, 'hex'), true);
  update plates_plate p set ward = office
    where p.number = wanted and p.state = 'kept' and p.owner_index = owner and coalesce(office, '') <> '';
  perform set_config('hamrong.owner', '', true);
  return found;
end $$;
revoke all on function plates_kept, plates_bring from public, hamrong_rights;
grant execute on function plates_kept, plates_bring to hamrong_ward;
create policy owner_holds on plates_plate for select to hamrong_owner
  using (state = 'kept' and owner_index = decode(current_setting('hamrong.owner', true), 'hex'));
create policy owner_brings on plates_plate for update to hamrong_owner
  using (state = 'kept' and owner_index = decode(current_setting('hamrong.owner', true), 'hex')) with check (true);
