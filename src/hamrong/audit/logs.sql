-- Merkle logs (RFC 6962): leaves get their places one after another, and no place is given twice or left out.
-- A log grows by these functions only; whoever may call them is data (audit_writer).

revoke all on audit_pending, audit_log, audit_leaf, audit_node, audit_checkpoint, audit_cosignature from public, hamrong_rights;
grant select on audit_log, audit_leaf, audit_node, audit_checkpoint, audit_cosignature to hamrong_rights;
grant select on audit_pending to hamrong_keeper, hamrong_sequencer;
grant select on audit_entry to hamrong_sequencer;
grant insert on audit_checkpoint, audit_cosignature to hamrong_sequencer;
create policy sequencer_reads on audit_entry for select to hamrong_sequencer using (true);

-- the queue is emptied as fast as it fills: its pages are to be used again at once
alter table audit_pending set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create table audit_writer (log text not null, role text not null, primary key (log, role));
revoke all on audit_writer from public, hamrong_rights;

insert into audit_log (name, size, frontier) values ('audit', 0, '{}');

-- A new public log that these roles may add to.
create function audit_log_open(log text, variadic roles text[]) returns void language sql as $$
  insert into audit_log (name, size, frontier) values (audit_log_open.log, 0, '{}');
  insert into audit_writer select audit_log_open.log, unnest(roles);
$$;

-- Adds leaf hashes; the answer is the index of the first. Keeps the log's row locked until the transaction ends.
create function audit_log_extend(log text, hashes bytea[]) returns bigint language plpgsql as $$
declare
  grown bigint;
  nodes bytea[];
  leaf bytea;
  subtree bigint;
  height int;
begin
  select l.size, l.frontier into strict grown, nodes from audit_log l where l.name = audit_log_extend.log for update;
  foreach leaf in array hashes loop
    nodes := nodes || leaf;
    subtree := grown;
    height := 0;
    while subtree & 1 = 1 loop
      leaf := sha256('\x01'::bytea || nodes[cardinality(nodes) - 1] || leaf);
      nodes := trim_array(nodes, 2) || leaf;
      subtree := subtree >> 1;
      height := height + 1;
      if height % 8 = 0 then
        insert into audit_node values (audit_log_extend.log, height / 8, subtree, leaf);
      end if;
    end loop;
    grown := grown + 1;
  end loop;
  update audit_log l set size = grown, frontier = nodes where l.name = audit_log_extend.log;
  return grown - cardinality(hashes);
end $$;

-- Gives pending entries of the record their places, in the order in which they came; how many there were.
create function audit_sequence(most int) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  entries uuid[];
  hashes bytea[];
  first bigint;
begin
  perform from audit_log l where l.name = 'audit' for update;
  with gone as (
    delete from audit_pending where id in (select id from audit_pending order by id limit most) returning id, entry_id
  )
  select array_agg(e.id order by gone.id), array_agg(e.leaf_hash order by gone.id) into entries, hashes
    from gone join audit_entry e on e.id = gone.entry_id;
  if entries is null then return 0; end if;
  first := audit_log_extend('audit', hashes);
  insert into audit_leaf (log, index, hash, entry)
    select 'audit', first + ordinality - 1, hash, entry from unnest(hashes, entries) with ordinality as placed(hash, entry);
  return cardinality(entries);
end $$;

-- Adds entries of a public log; the answer is the index of the first.
create function audit_publish(log text, entries text[]) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  hashes bytea[];
  first bigint;
begin
  if not exists (select from audit_writer w where w.log = audit_publish.log and w.role = current_setting('role')) then
    raise exception 'role % does not write to log %', current_setting('role'), audit_publish.log using errcode = 'insufficient_privilege';
  end if;
  if exists (select from unnest(entries) as each(data) where octet_length(data) > 65535) then
    raise exception 'an entry of a log has at most 65535 bytes' using errcode = 'string_data_right_truncation';
  end if;
  select array_agg(sha256('\x00'::bytea || convert_to(data, 'UTF8')) order by ordinality) into hashes
    from unnest(entries) with ordinality as each(data, ordinality);
  first := audit_log_extend(audit_publish.log, hashes);
  insert into audit_leaf (log, index, hash, data)
    select audit_publish.log, first + ordinality - 1, hash, data
      from unnest(hashes, entries) with ordinality as placed(hash, data);
  return first;
end $$;

revoke all on function audit_log_open, audit_log_extend, audit_sequence, audit_publish from public, hamrong_rights;
grant execute on function audit_sequence to hamrong_sequencer;
grant execute on function audit_publish to hamrong_rights;

do $$
declare
  kept text;
begin
  foreach kept in array array['audit_leaf', 'audit_node', 'audit_checkpoint', 'audit_cosignature'] loop
    execute format('create trigger append_only before update or delete or truncate on %I '
      'for each statement execute function audit_refuse()', kept);
  end loop;
  create trigger log_is_kept before delete or truncate on audit_log for each statement execute function audit_refuse();
end $$;

-- One process at a time leads a kind of work; each term has a number of its own, which never falls.
create table audit_term (work text primary key, term bigint not null);
revoke all on audit_term from public, hamrong_rights;
create function audit_lead(work text) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  led bigint;
begin
  if not pg_try_advisory_lock(hashtextextended('audit_lead ' || work, 0)) then return null; end if;
  insert into audit_term as t values (audit_lead.work, 1)
    on conflict on constraint audit_term_pkey do update set term = t.term + 1 returning t.term into led;
  return led;
end $$;
revoke all on function audit_lead from public, hamrong_rights;
grant execute on function audit_lead to hamrong_sequencer;
