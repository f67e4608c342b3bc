-- Whether somebody may decide in a case with something sealed ('yes', else why not, see `sealed_decides`): in it, in those that were
-- joined to it, and in what it was split off from, as long as both are of one unit.
create function petitions_decides(of_case uuid, who uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one uuid := of_case;
  place text;
  here text;
  up uuid;
  ticket text;
  answer text;
begin
  while one is not null loop
    perform set_config('hamrong.moving', one::text, true);
    select c.unit, c.parted_id into here, up from cases_case c where c.id = one;
    perform set_config('hamrong.moving', '', true);
    place := coalesce(place, here);
    exit when here is distinct from place;
    foreach ticket in array petitions_sealed_in(one) loop
      answer := sealed_decides(ticket, who);
      if answer <> 'yes' then return answer; end if;
    end loop;
    one := up;
  end loop;
  return 'yes';
end $$;
revoke all on function petitions_decides from public;
grant execute on function petitions_decides to hamrong_rights;

-- Nobody approves in a case with something sealed who could be denounced in it.
create function petitions_decided_with_key() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if petitions_decides(new.case_id, substring(new.approved_by from '^person:([0-9a-f-]{36})$')::uuid) <> 'yes' then
    raise exception 'whoever decides has no key of what is sealed' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger decided_with_key before insert on cases_fact for each row
  when (new.approved_by <> '' and new.proposal_id is not null) execute function petitions_decided_with_key();
