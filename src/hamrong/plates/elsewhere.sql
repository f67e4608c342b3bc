-- An owner asks what is kept about them: the inspector sees a plate that was taken in without a file of ours, by the one document shown.
create policy subject_wall on plates_plate for select to hamrong_inspector
  using (origin <> '' and owner_index = decode(nullif(current_setting('hamrong.subject', true), ''), 'hex'));
