-- Which column of which table is whose: the second wall, behind policy.py.
select access_wall('lodging_establishment', 'code', 'ward', 'province', true);
select access_wall('lodging_room', 'establishment', 'ward', 'province', true);
select access_wall('lodging_stay', 'establishment', 'ward', 'province', true);
select access_wall('lodging_amendment', 'establishment', 'ward', 'province', true);
select access_wall('lodging_nilreport', 'establishment', 'ward', 'province', true);
select access_wall('lodging_batch', 'establishment', 'ward', 'province', true);
select access_wall('lodging_forwarding', null, 'ward', 'province', true);
select access_wall('lodging_nightsummary', 'establishment', 'ward', 'province', true);
select access_wall('lodging_contact', null, 'ward', 'province', true);
select access_wall('lodging_draft', 'establishment', null, null, true);
select access_wall('lodging_columnmapping', 'establishment', null, null, false);
select access_wall('lodging_webhook', 'establishment', null, null, true);
select access_wall('lodging_delivery', 'establishment', null, null, true);

-- An applicant is nobody yet: the application itself looks a private code up, before the scope of its establishment is open.
select access_wall('lodging_claim', 'establishment', null, null, false);
create policy application_wall on lodging_claim to hamrong_app using (true) with check (true);

-- what must not change without an entry in the record of audit
select audit_watch(watched::regclass) from unnest(array['lodging_establishment', 'lodging_room', 'lodging_stay', 'lodging_amendment',
  'lodging_nilreport', 'lodging_contact', 'lodging_outage', 'lodging_webhook', 'lodging_receipt']) watched;
-- how far a batch has come (rows_done) is told while it is worked off, by a transaction of its own that is no act
select audit_watch('lodging_batch', 'mode, state, mapping, source_sealed, accepted, accepted_with_warnings, duplicate, rejected, '
  'held, receipt, results');

-- A visitor may hand in an application, and sees nothing of the table.
create policy applicant_wall on lodging_establishment for insert to hamrong_app
  with check (state = 'applied' and decided_at is null);

-- The next code of a prefix. It counts over all establishments, which the caller may not see.
create function lodging_new_code(prefix text) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  last int;
begin
  perform pg_advisory_xact_lock(hashtext('lodging_new_code ' || prefix));
  insert into lodging_codeseries as s (prefix, last) values (lodging_new_code.prefix, 1)
    on conflict on constraint lodging_codeseries_pkey do update set last = s.last + 1 returning s.last into last;
  return prefix || '-' || lpad(last::text, 4, '0');
end $$;
revoke all on function lodging_new_code from public;
grant execute on function lodging_new_code to hamrong_rights;

-- A person asks what is kept about them: the inspector sees just the stays of the one document that was shown.
create policy subject_wall on lodging_stay for select to hamrong_inspector
  using (document_index = decode(current_setting('hamrong.subject', true), 'hex'));
