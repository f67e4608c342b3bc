-- The limit L: what a notification costs PostgreSQL at the least, prepared, in five round trips.
\set place random(0, 4999)
\set moment random(0, 100000)
begin;
select establishment from accounts_machinekey where id = lpad(to_hex((:place)::int), 10, '0');
insert into bench_stay select gen_random_uuid(), current_date, 'BM-' || lpad((:place)::int::text, 4, '0'), '16531', '38', 'citizen', 'notified', 1,
  'Trần Văn Khách', 'tran van khach', 'TRAN<<VAN<KHACH', 'M', '1990-05-17', 'VNM', 'cccd', '\x0102030405060708091011121314151617181920212223242526272829303132'::bytea,
  uuid_send(gen_random_uuid()), '03809****123', '', null, 'Thanh Hóa', '', now(), now() + interval '14 hours', null, '101', 'tourism', '', null, '',
  null, 'B1', 'pms', null, '', 'api', now(), 'key bench', now(), now(), true, 'lodging.notify@2026-07-01#00000000', '{}', null, null,
  'LT-0000-0000-0000-0000', '\x0102030405060708'::bytea;
insert into bench_entry select gen_random_uuid(), gen_random_uuid()::text, 1, '', 'stay.notify', 'key bench', 'BM-0001', 'stay 1', 'own-business', now(),
  '\x0102030405060708091011121314151617181920212223242526272829303132'::bytea, '\x0102030405060708091011121314151617181920212223242526272829303132'::bytea, 1;
commit;
