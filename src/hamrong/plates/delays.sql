-- What the office said about batches that waited too long: for everybody to read, for good.
revoke insert, update, delete on plates_remark from hamrong_rights;
grant insert on plates_remark to hamrong_province;
select audit_watch('plates_remark');
