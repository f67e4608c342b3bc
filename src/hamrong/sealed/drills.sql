-- Drills of the trustees' cards: the province's holders and inspectors see them; each is on record.
select access_wall('sealed_drill', null, null, 'province', true);
select audit_watch('sealed_drill'::regclass);
