-- An officer's own rows: they belong to a person and to no unit, so there is no wall; every change is on record.
select audit_watch(watched::regclass) from unnest(array['casework_seen', 'casework_feed']) watched;
