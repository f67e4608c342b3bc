-- Somebody asks what is kept about them: the inspector sees just what was signed with the one document that was shown, and which
-- cases began with it. What is sealed has no document by which it could be found.
create policy subject_wall on petitions_petition for select to hamrong_inspector
  using (not secret and persons @> array[decode(nullif(current_setting('hamrong.subject', true), ''), 'hex')]);
create policy subject_wall on petitions_reception for select to hamrong_inspector
  using (not secret and persons @> array[decode(nullif(current_setting('hamrong.subject', true), ''), 'hex')]);
create policy subject_wall on cases_case for select to hamrong_inspector
  using (exists (select from petitions_petition p where p.case_id = cases_case.id));
