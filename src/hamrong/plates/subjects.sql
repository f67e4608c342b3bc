-- An owner asks what is kept about them: the inspector sees just the files of the one document that was shown.
create policy subject_wall on plates_draw for select to hamrong_inspector
  using (owner_index = decode(current_setting('hamrong.subject', true), 'hex'));
