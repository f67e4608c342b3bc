-- Whose rows are whose: the unit that received, the province above it. Hours are for anybody to read, and the unit's to write.
select access_wall(walled::regclass, null, 'unit', 'province', true) from unnest(array[
  'petitions_reception', 'petitions_hours']) walled;
create policy application_wall on petitions_hours for select to hamrong_app using (true);
select audit_watch(watched::regclass) from unnest(array['petitions_reception', 'petitions_hours']) watched;
