-- The record of audit: appended to by one function, read by the inspector, changed by nobody.

revoke all on audit_entry, audit_detail from public, hamrong_rights;
grant select on audit_entry, audit_detail to hamrong_inspector;
grant select, delete on audit_detail to hamrong_keeper;
grant select on audit_entry to hamrong_keeper;

create function audit_leaf_bytes(e audit_entry) returns bytea language sql stable as $$
  -- RFC 8785: keys in order, no spaces; to_json(text) escapes as ECMAScript does
  select convert_to(
    '{"actor":' || to_json(e.actor) ||
    ',"at":"' || to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') ||
    '","commit":"' || encode(e.commit, 'hex') ||
    '","id":"' || e.id ||
    '","prev":"' || encode(e.prev, 'hex') ||
    '","purpose":' || to_json(e.purpose) ||
    ',"stream":' || to_json(e.stream) ||
    ',"stream_seq":' || e.stream_seq ||
    ',"subject":' || to_json(e.subject) ||
    ',"type":' || to_json(e.type) ||
    ',"unit":' || to_json(e.unit) || '}', 'UTF8')
$$;

create function audit_append(
  id uuid, stream text, type text, actor text, unit text, subject text, purpose text,
  at timestamptz, commit bytea, salt bytea, details text
) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  e audit_entry;
  head record;
  leaf bytea;
begin
  -- one writer at a time in a stream, so that its numbers are dense; streams do not wait for each other
  perform pg_advisory_xact_lock(hashtextextended(audit_append.stream, 8785));
  select x.stream_seq, x.leaf_hash into head
    from audit_entry x where x.stream = audit_append.stream order by x.stream_seq desc limit 1;
  e.id := audit_append.id; e.stream := audit_append.stream; e.type := audit_append.type; e.actor := audit_append.actor;
  e.unit := audit_append.unit; e.subject := audit_append.subject; e.purpose := audit_append.purpose;
  e.at := audit_append.at; e.commit := audit_append.commit;
  e.stream_seq := coalesce(head.stream_seq, 0) + 1;
  e.prev := coalesce(head.leaf_hash, '\x'::bytea);
  e.xact := pg_current_xact_id()::text::bigint;
  leaf := audit_leaf_bytes(e);
  if octet_length(leaf) > 65535 then
    raise exception 'a leaf of audit has at most 65535 bytes' using errcode = 'string_data_right_truncation';
  end if;
  e.leaf_hash := sha256('\x00'::bytea || leaf);
  insert into audit_entry values (e.*);
  insert into audit_detail (entry_id, salt, details) values (e.id, audit_append.salt, audit_append.details);
  insert into audit_pending (entry_id) values (e.id);
  perform set_config('hamrong.audited', e.id::text, true);
end $$;

-- The guard: a commit that changed a watched table must hold an entry of its own transaction. Whoever writes the entry
-- first is through at once; for whom it is still due, one row waits here for the end of the transaction.
create unlogged table audit_due (xact bigint not null, watched text not null);
revoke all on audit_due from public, hamrong_rights;

create function audit_is_entered() returns boolean language plpgsql as $$
begin
  return exists (select from audit_entry x where x.id = nullif(current_setting('hamrong.audited', true), '')::uuid
    and x.xact = pg_current_xact_id()::text::bigint);
end $$;

create function audit_guard() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- a statement that touched no row is no change
  if tg_level = 'STATEMENT' and tg_op <> 'TRUNCATE' then
    if not exists (select from changed) then return null; end if;
  end if;
  if not audit_is_entered() then
    insert into audit_due values (pg_current_xact_id()::text::bigint, tg_table_name);
  end if;
  return null;
end $$;

create function audit_demand() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not audit_is_entered() then
    raise exception 'table % was changed without an entry in the record of audit', new.watched
      using errcode = 'integrity_constraint_violation';
  end if;
  delete from audit_due where xact = new.xact;
  return null;
end $$;
create constraint trigger demanded after insert on audit_due
  deferrable initially deferred for each row execute function audit_demand();
create index due_by_transaction on audit_due (xact);

-- A partition is watched beside its table, because statements that name it pass the table by.
create function audit_watch(watched regclass) returns void language plpgsql as $$
begin
  execute format('create trigger audited_insert after insert on %s referencing new table as changed '
    'for each statement execute function audit_guard()', watched);
  execute format('create trigger audited_update after update on %s referencing new table as changed '
    'for each statement execute function audit_guard()', watched);
  execute format('create trigger audited_delete after delete on %s referencing old table as changed '
    'for each statement execute function audit_guard()', watched);
  execute format('create trigger audited_truncate after truncate on %s '
    'for each statement execute function audit_guard()', watched);
end $$;

-- Where only some columns are watched, an update that names one of them counts; coming and going always does.
create function audit_watch(watched regclass, columns text) returns void language plpgsql as $$
begin
  execute format('create trigger audited after insert or delete %s on %s '
    'for each row execute function audit_guard()', case when columns <> '' then 'or update of ' || columns else '' end, watched);
  execute format('create trigger audited_truncate after truncate on %s '
    'for each statement execute function audit_guard()', watched);
end $$;

create function audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the record of audit is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete or truncate on audit_entry
  for each statement execute function audit_refuse();
create trigger append_only before update or truncate on audit_detail
  for each statement execute function audit_refuse();

revoke all on function audit_append, audit_is_entered, audit_guard, audit_demand, audit_watch(regclass), audit_watch(regclass, text),
  audit_refuse from public;
grant execute on function audit_append to hamrong_rights;
grant execute on function audit_guard to hamrong_rights;

alter table audit_entry enable row level security;
alter table audit_entry force row level security;
alter table audit_detail enable row level security;
alter table audit_detail force row level security;
create policy record_is_kept_by_its_function on audit_entry to hamrong_owner using (true) with check (true);
create policy record_is_kept_by_its_function on audit_detail to hamrong_owner using (true) with check (true);
create policy inspector_reads on audit_entry for select to hamrong_inspector using (true);
create policy inspector_reads on audit_detail for select to hamrong_inspector using (true);
create policy keeper_reads on audit_entry for select to hamrong_keeper using (true);
create policy keeper_erases on audit_detail to hamrong_keeper using (true);
