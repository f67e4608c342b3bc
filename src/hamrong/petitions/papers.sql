-- Papers and files of a petition go where it goes, by its case or by itself.
create function petitions_papers_go_along() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform papers_move('petition:' || new.id, new.unit);
  return null;
end $$;
create trigger papers_go_along after update of unit on petitions_petition for each row
  when (old.unit is distinct from new.unit) execute function petitions_papers_go_along();

-- A sender's new code opens the files that were handed in with the old one.
create or replace function petitions_rotate(new_ticket text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  rotated uuid;
begin
  select p.id into rotated from petitions_petition p where p.ticket = current_setting('hamrong.scope', true);
  perform set_config('hamrong.rotating', coalesce(rotated::text, ''), true);
  update petitions_message set ticket = new_ticket where petition_id = rotated;
  update petitions_petition set ticket = new_ticket, settled = false where id = rotated;
  perform set_config('hamrong.rotating', '', true);
  if rotated is not null then
    perform papers_rotate('petition:' || rotated, new_ticket);
  end if;
  return rotated is not null;
end $$;

-- A sender sees the signed papers of the own petition and of its case; which kinds they are told of the room decides.
create function petitions_refs() returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  petition text;
  followed uuid;
  printed text;
begin
  select 'petition:' || p.id, p.case_id into petition, followed from petitions_petition p
   where p.ticket = nullif(current_setting('hamrong.scope', true), '');
  perform set_config('hamrong.following', coalesce(followed::text, ''), true);
  select 'case:' || c.code into printed from cases_case c where c.id = followed;
  perform set_config('hamrong.following', '', true);
  return array_remove(array[petition, printed], null);
end $$;
revoke all on function petitions_refs from public;
create function petitions_papers()
returns table (id uuid, form text, number int, symbol text, signed_at timestamptz, code text, pdf bytea)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.showing', array_to_string(petitions_refs(), ' '), true);
  return query
    select p.id, p.form, p.number, p.symbol, p.signed_at, p.code, p.pdf from papers_paper p
     where p.ref = any(petitions_refs()) and p.state = 'signed' order by p.signed_at desc, p.id;
  perform set_config('hamrong.showing', '', true);
end $$;
revoke all on function petitions_papers from public;
grant execute on function petitions_papers to hamrong_rights;
create policy owner_shows on papers_paper for select to hamrong_owner
  using (state = 'signed' and ref = any(string_to_array(nullif(current_setting('hamrong.showing', true), ''), ' ')));
