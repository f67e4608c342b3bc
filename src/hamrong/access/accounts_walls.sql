-- The second wall around posts and keys: a host sees those of its own establishment, and nobody else's.
-- The application itself, before anybody's scope is open, must recognise a key and find a person's posts.
select access_wall('accounts_post', 'establishment', null, null, false);
select access_wall('accounts_machinekey', 'establishment', null, null, false);
create policy application_wall on accounts_post to hamrong_app using (true) with check (true);
create policy application_wall on accounts_machinekey to hamrong_app using (true) with check (true);

-- What must not change without an entry in the record of audit. Signing in moves `last_login`, and using a factor its
-- counters; those are no change of the account.
select audit_watch(watched::regclass) from unnest(array['accounts_post', 'accounts_machinekey', 'accounts_enrolment']) watched;
select audit_watch('accounts_person', 'username, full_name, password, is_active');
select audit_watch('mfa_authenticator', '');
