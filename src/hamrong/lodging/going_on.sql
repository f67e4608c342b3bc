-- The last night that a guest sleeps at a place: the last one at whose 23:00, when notices are due, they have not left.
-- Only stays of more than one night are indexed: the others are counted on their night of arrival, and intake pays for an index.
alter table lodging_stay add column last_night date generated always as
  (((coalesce(departed_at, planned_departure_at) at time zone 'Asia/Ho_Chi_Minh') - interval '23 hours')::date) stored;
create index stay_going_on on lodging_stay (ward, last_night) include (establishment, night, kind)
  where state <> 'cancelled' and last_night > night;
alter table lodging_nightsummary add column going_on integer not null default 0 check (going_on >= 0);
alter table lodging_nightsummary alter column going_on drop default;
