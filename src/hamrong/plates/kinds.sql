-- A plate is its number and what it goes on: 29-A1 2345 of a motorcycle and 29A-123.45 of a car have the same letters and digits.
-- What is known already says of which kind each plate is; nobody did anything to a plate, so nothing of it is for the record.
alter table plates_plate disable trigger user, no force row level security;
update plates_plate p set kind = k.kind from plates_pool k where k.code = p.pool and p.kind = '';
alter table plates_plate enable trigger user, force row level security,
  drop constraint plates_plate_pkey, add primary key (number, kind), alter kind drop default;

alter table plates_act disable trigger user, no force row level security;
update plates_act a set kind = p.kind from plates_plate p where p.number = a.number;
update plates_act a set kind = k.kind from plates_pool k where a.kind = '' and exists (
  select from plates_block b where b.pool = k.code and b.series = left(a.number, -5));
alter table plates_act enable trigger user, force row level security;

-- As in moved.sql and after.sql, with the kind: '' where the owner's document alone tells which plate is meant.
drop function plates_bring(text, bytea, text), plates_give_back(text, uuid), plates_past(text), plates_left(timestamptz), plates_kept(bytea);
create function plates_bring(wanted text, of_kind text, owner bytea, stands text,
                             out came_from text, out busy boolean, out found_kind text, out several boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  office text := nullif(current_setting('hamrong.scope', true), '');
begin
  perform set_config('hamrong.owner', encode(owner, 'hex'), true), set_config('hamrong.number', wanted, true);
  select count(*) > 1 into several from plates_plate p
   where p.number = wanted and of_kind in ('', p.kind) and p.state = stands and p.owner_index = owner;
  select p.ward, p.kind into came_from, found_kind from plates_plate p
   where p.number = wanted and of_kind in ('', p.kind) and p.state = stands and p.owner_index = owner and not several for update;
  busy := came_from is not null and exists (
    select from plates_act a where a.number = wanted and a.kind = found_kind and a.done_at is null and a.undone_at is null);
  update plates_plate p set ward = office
   where p.number = wanted and p.kind = found_kind and p.owner_index = owner and came_from <> office and not busy;
  perform set_config('hamrong.owner', '', true), set_config('hamrong.number', '', true);
end $$;

create function plates_give_back(wanted text, undone uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  given boolean;
begin
  perform set_config('hamrong.number', wanted, true);
  update plates_plate p set ward = a.origin from plates_act a
   where p.number = wanted and a.number = wanted and p.kind = a.kind and a.id = undone and a.act = 'move'
     and a.undone_at is not null and a.origin <> '' and p.ward = a.ward and a.ward = current_setting('hamrong.scope', true);
  given := found;
  perform set_config('hamrong.number', '', true);
  return given;
end $$;

create function plates_past(wanted text, of_kind text) returns setof plates_act
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.number', wanted, true);
  return query select a.* from plates_act a where a.number = wanted and a.kind = of_kind and exists (
    select from plates_plate p
     where p.number = wanted and p.kind = of_kind and p.ward = nullif(current_setting('hamrong.scope', true), ''));
  perform set_config('hamrong.number', '', true);
end $$;

create function plates_left(since timestamptz) returns table (number text, kind text, at timestamptz, ward text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.origin', current_setting('hamrong.scope', true), true);
  return query select a.number, a.kind, a.asked_at, a.ward from plates_act a
   where a.origin = nullif(current_setting('hamrong.scope', true), '') and a.asked_at >= since and a.undone_at is null
   order by a.asked_at desc;
  perform set_config('hamrong.origin', '', true);
end $$;

create function plates_kept(owner bytea)
returns table (number text, kind text, pool text, colour text, kept_until date)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.owner', encode(owner, 'hex'), true);
  return query select p.number, p.kind, p.pool, p.colour, p.kept_until from plates_plate p
    where p.state = 'kept' and p.owner_index = owner order by p.number, p.kind;
  perform set_config('hamrong.owner', '', true);
end $$;
revoke all on function plates_bring, plates_give_back, plates_past, plates_left, plates_kept from public, hamrong_rights;
grant execute on function plates_bring, plates_give_back, plates_past, plates_left, plates_kept to hamrong_ward;
