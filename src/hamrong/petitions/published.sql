-- What is published is for anybody to read, and stays as it was published.
select access_wall('petitions_published'::regclass, null, null, null, true);
create policy application_wall on petitions_published for select to hamrong_app using (true);
select audit_watch('petitions_published'::regclass);
create function petitions_published_stays() returns trigger language plpgsql as $$
begin
  raise exception 'what was published stays as it was' using errcode = 'integrity_constraint_violation';
end $$;
create trigger stays before update or delete on petitions_published for each row execute function petitions_published_stays();
create trigger stays_whole before truncate on petitions_published for each statement execute function petitions_published_stays();
