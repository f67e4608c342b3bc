-- Stays, partitioned by the month of the night: an old month is dropped whole, a busy one stays small.
-- Django's migration made lodging_stay as a plain table; the same columns become a partitioned one here, while it is empty.

alter table lodging_stay rename to lodging_stay_columns;
create table lodging_stay (like lodging_stay_columns including defaults) partition by range (night);
drop table lodging_stay_columns;

alter table lodging_stay
  add constraint stay_pkey primary key (id, night),
  add constraint stay_state_is_known check (state in ('notified', 'departed', 'cancelled')),
  add constraint stay_kind_is_known check (kind in ('citizen', 'foreigner')),
  add constraint stay_channel_is_known check (channel in ('form', 'api', 'file', 'assisted')),
  add constraint stay_has_a_name check (full_name <> ''),
  add constraint stay_ends_after_arrival check (planned_departure_at is null or planned_departure_at > arrival_at),
  add constraint stay_departs_after_arrival check (departed_at is null or departed_at >= arrival_at),
  add constraint stay_departed_has_a_time check ((state = 'departed') = (departed_at is not null)),
  add constraint stay_deadlines_are_in_order check (deadline_strict <= deadline_legal),
  add constraint stay_has_a_receipt check (receipt <> ''),
  add constraint stay_night_is_near_its_arrival check (
    night between ((arrival_at at time zone 'Asia/Ho_Chi_Minh')::date - 1) and (arrival_at at time zone 'Asia/Ho_Chi_Minh')::date);

-- the same document at the same place on the same night is the same stay
create unique index stay_is_notified_once on lodging_stay (establishment, night, document_type, document_index)
  where state <> 'cancelled';
-- it carries what a night is counted by, so that a board is read from the index alone
create index stay_by_ward on lodging_stay (ward, night, id) include (establishment, kind, state, on_time, received_at);
create index stay_by_document on lodging_stay (document_index);
create index stay_by_name on lodging_stay (ward, name_key);
create index stay_foreigners on lodging_stay (ward, night) where kind = 'foreigner';

-- Text is ordered by bytes in our databases, so the second indexes that Django makes for LIKE repeat the first ones; the
-- one on receipts would cost a third of a bulk intake.
do $$
declare
  twin text;
begin
  for twin in select indexname from pg_indexes where schemaname = 'public' and indexname like 'lodging\_%\_like' loop
    execute format('drop index %I', twin);
  end loop;
end $$;

-- A month's partition, made when it is first needed; callable by the application, which owns no table.
create function lodging_open_month(some_night date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  first date := date_trunc('month', some_night);
  name text := 'lodging_stay_' || to_char(some_night, 'YYYYMM');
begin
  if to_regclass(name) is not null then return; end if;
  perform pg_advisory_xact_lock(hashtext('lodging_open_month'));
  if to_regclass(name) is not null then return; end if;
  if some_night < date '2020-01-01' or some_night > current_date + 400 then
    raise exception 'night % is out of the span that is kept', some_night using errcode = 'datetime_field_overflow';
  end if;
  execute format('create table %I partition of lodging_stay for values from (%L) to (%L)', name, first, (first + interval '1 month')::date);
  -- nobody reads a partition directly, so the walls of the parent cannot be walked around
  execute format('revoke all on %I from public, hamrong_rights', name);
  perform audit_watch(name::regclass);
end $$;
grant execute on function lodging_open_month to hamrong_rights;
select lodging_open_month((date_trunc('month', current_date) + make_interval(months => m))::date) from generate_series(-2, 3) m;
