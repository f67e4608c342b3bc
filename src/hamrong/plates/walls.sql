-- Which column of which table is whose, what must not change without an entry of the record, and the public log.
select access_wall('plates_draw', 'ticket', 'ward', 'province', true);
select access_wall('plates_plate', null, 'ward', 'province', true);
select access_wall('plates_act', null, 'ward', 'province', true);

-- The sequencer seals and draws for everybody; somebody with a ticket is nobody until the application has looked it up.
create policy sequencer_wall on plates_draw to hamrong_sequencer using (true) with check (true);
create policy sequencer_wall on plates_plate to hamrong_sequencer using (true) with check (true);
create policy application_wall on plates_draw for select to hamrong_app
  using (ticket = nullif(current_setting('hamrong.scope', true), ''));

-- Pools and seals are public to read; they change by an act of the province, or by sealing and drawing.
revoke insert, update, delete on plates_pool, plates_block, plates_file, plates_event, plates_seal from hamrong_rights;
grant insert, update on plates_pool, plates_block to hamrong_province, hamrong_sequencer, hamrong_keeper;
grant insert on plates_file, plates_event to hamrong_province, hamrong_keeper;
grant insert, update on plates_seal to hamrong_sequencer;

select audit_log_open('plates', 'hamrong_sequencer', 'hamrong_province', 'hamrong_keeper');
select audit_watch(watched::regclass) from unnest(array['plates_event', 'plates_seal', 'plates_draw', 'plates_plate', 'plates_act']) watched;

-- Whoever follows the draw is told when a batch is drawn.
create function plates_tell() returns trigger language plpgsql as $$
begin
  perform pg_notify('plates_drawn', new.leaf::text);
  return null;
end $$;
create trigger told after update of drawn_at on plates_seal for each row execute function plates_tell();

-- Whether a vehicle carries a plate, and how many it has drawn: an office may not look into another one to find out.
create function plates_vehicle(vehicle bytea, out carries boolean, out drawn int)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.vehicle', encode(vehicle, 'hex'), true);
  carries := exists (select from plates_plate p where p.vehicle_index = vehicle);
  select count(*) into drawn from plates_draw d where d.vehicle_index = vehicle and d.state = 'drawn';
  perform set_config('hamrong.vehicle', '', true);
end $$;
revoke all on function plates_vehicle from public;
grant execute on function plates_vehicle to hamrong_rights;
create policy owner_counts on plates_plate for select to hamrong_owner
  using (vehicle_index = decode(current_setting('hamrong.vehicle', true), 'hex'));
create policy owner_counts on plates_draw for select to hamrong_owner
  using (vehicle_index = decode(current_setting('hamrong.vehicle', true), 'hex'));

-- Which draw gave a number, the latest first: the public log tells it too, but would have to be read from end to end.
create function plates_drawn(wanted text, out pool text, out seq bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.number', wanted, true);
  select d.pool, d.seq into plates_drawn.pool, plates_drawn.seq from plates_draw d
   where d.number = wanted order by d.drawn_at desc limit 1;
  perform set_config('hamrong.number', '', true);
end $$;
revoke all on function plates_drawn from public;
grant execute on function plates_drawn to hamrong_rights;
create policy owner_finds on plates_draw for select to hamrong_owner using (number = current_setting('hamrong.number', true));
