-- Receiving moves a case, those joined to it, and all that belongs to them; only the unit to which it was offered can,
-- and only while it is. This file can be run again.
create or replace function cases_receive(offer uuid) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  moved uuid;
  each uuid;
  going uuid[];
  taker text := current_setting('hamrong.scope', true);
begin
  perform set_config('hamrong.moving', offer::text, true);
  select t.case_id into moved from cases_transfer t
   where t.id = offer and t.state = 'offered' and t.receiver = taker for update;
  if moved is not null then
    perform set_config('hamrong.moving', moved::text, true);
    select array_agg(id) into going from cases_case where id = moved or joined_id = moved;
    update cases_case set unit = taker where id = any(going);
    foreach each in array going loop
      perform set_config('hamrong.moving', each::text, true);
      update cases_fact set unit = taker where case_id = each;
      update cases_clockfact set unit = taker where case_id = each;
      update cases_clock set unit = taker where case_id = each;
      update cases_proposal set unit = taker where case_id = each;
    end loop;
    perform set_config('hamrong.moving', moved::text, true);
    set constraints joined_is_plain immediate; -- later on, the owner sees none of these rows
    set constraints joined_is_plain deferred;
  end if;
  perform set_config('hamrong.moving', '', true);
  return moved;
end $$;
revoke all on function cases_receive from public;
grant execute on function cases_receive to hamrong_rights;
drop policy if exists owner_moves on cases_transfer;
create policy owner_moves on cases_transfer to hamrong_owner
  using (id::text = current_setting('hamrong.moving', true)) with check (true);
drop policy if exists owner_moves on cases_case;
create policy owner_moves on cases_case to hamrong_owner
  using (current_setting('hamrong.moving', true) in (id::text, joined_id::text)) with check (true);
drop policy if exists owner_moves on cases_fact;
create policy owner_moves on cases_fact to hamrong_owner using (case_id::text = current_setting('hamrong.moving', true)) with check (true);
drop policy if exists owner_moves on cases_clockfact;
create policy owner_moves on cases_clockfact to hamrong_owner using (case_id::text = current_setting('hamrong.moving', true)) with check (true);
drop policy if exists owner_moves on cases_clock;
create policy owner_moves on cases_clock to hamrong_owner using (case_id::text = current_setting('hamrong.moving', true)) with check (true);
drop policy if exists owner_moves on cases_proposal;
create policy owner_moves on cases_proposal to hamrong_owner using (case_id::text = current_setting('hamrong.moving', true)) with check (true);
