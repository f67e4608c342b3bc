-- Whose rows are whose: the sender with the ticket, the unit that has the petition, the province above it.
select access_wall(walled::regclass, 'ticket', 'unit', 'province', true) from unnest(array[
  'petitions_petition', 'petitions_message']) walled;

-- What a denouncer does is not on record by itself: an entry has a moment and a place in the order. Everything else is.
create trigger audited_insert after insert on petitions_petition for each row when (not new.secret) execute function audit_guard();
create trigger audited_update after update on petitions_petition for each row execute function audit_guard();
create trigger audited_delete after delete on petitions_petition for each row execute function audit_guard();
select audit_watch('petitions_message'::regclass);

-- A sender sees how the case of the own petition stands, and what its clocks are reckoned from, but not who did what.
create function petitions_followed()
returns table (code text, course text, state text, closed_at timestamptz, revision int, rule text, what text, name text,
  effective_at timestamptz, role text, approved_role text, document text, params jsonb, act text, source text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  followed uuid;
begin
  select p.case_id into followed from petitions_petition p
   where p.ticket = nullif(current_setting('hamrong.scope', true), '');
  perform set_config('hamrong.following', coalesce(followed::text, ''), true);
  return query
    select c.code, c.course, c.state, c.closed_at, f.revision, k.rule, k.what, k.name, f.effective_at, f.role, f.approved_role,
        f.document, k.params, f.act, f.source
      from cases_case c join cases_fact f on f.case_id = c.id left join cases_clockfact k on k.fact_id = f.id
     where c.id = followed order by f.revision, k.id;
  perform set_config('hamrong.following', '', true);
end $$;
revoke all on function petitions_followed from public;
grant execute on function petitions_followed to hamrong_rights;
create policy owner_follows on petitions_petition for select to hamrong_owner
  using (ticket = nullif(current_setting('hamrong.scope', true), ''));
create policy owner_follows on cases_case for select to hamrong_owner using (id::text = current_setting('hamrong.following', true));
create policy owner_follows on cases_fact for select to hamrong_owner using (case_id::text = current_setting('hamrong.following', true));
create policy owner_follows on cases_clockfact for select to hamrong_owner using (case_id::text = current_setting('hamrong.following', true));

-- A petition goes where its case goes: the unit that takes the case over has the petition, too.
create function petitions_go_along() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.going', new.id::text, true);
  update petitions_message set unit = new.unit
   where petition_id in (select p.id from petitions_petition p where p.case_id = new.id);
  update petitions_petition set unit = new.unit where case_id = new.id;
  perform set_config('hamrong.going', '', true);
  return null;
end $$;
create trigger petition_goes_along after update of unit on cases_case for each row
  when (old.unit is distinct from new.unit) execute function petitions_go_along();
create policy owner_moves on petitions_petition to hamrong_owner
  using (case_id::text = current_setting('hamrong.going', true)) with check (true);
create policy owner_moves on petitions_message to hamrong_owner
  using (petition_id in (select p.id from petitions_petition p where p.case_id::text = current_setting('hamrong.going', true)))
  with check (true);
