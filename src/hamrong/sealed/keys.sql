-- Whoever seals sees other units' posts, what was delegated (`until`: its end), and by which entry a key was put on record; nothing else.
drop function sealed_keys(date);
create function sealed_keys(of_day date)
returns table (key uuid, person uuid, epoch int, public bytea, entry uuid, unit text, role text, until date)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.sealing', 'yes', true);
  return query
    with held as (
      select p.person_id, coalesce(p.unit_id, '') as unit, p.role, null::date as until from accounts_post p
       where p.starts_on <= of_day and (p.ends_on is null or p.ends_on > of_day)
    )
    select k.id, k.person_id, k.epoch, k.public, k.entry, coalesce(h.unit, ''), coalesce(h.role, ''), h.until
      from sealed_key k
      join audit_entry e on e.id = k.entry and e.subject = 'sealed-key:' || coalesce(k.person_id::text, 'trustees')
        || ':' || k.epoch || ':' || encode(sha256(k.public), 'hex')
      left join (
        select * from held
        union all
        select d.borrower_id, d.unit, d.role, d.ends_on from accounts_delegation d
          join accounts_person l on l.id = d.lender_id and l.is_active
         where d.starts_on <= of_day and d.ends_on > of_day and exists (
           select from held o where o.person_id = d.lender_id and o.role = d.role and (o.unit = d.unit or d.unit = d.province))
      ) h on h.person_id = k.person_id
      left join accounts_person w on w.id = k.person_id
     where k.ended_on is null and (k.person_id is null or (w.is_active and h.person_id is not null));
  perform set_config('hamrong.sealing', '', true);
end $$;
revoke all on function sealed_keys from public;
grant execute on function sealed_keys to hamrong_rights;
create policy owner_seals on accounts_delegation for select to hamrong_owner using (current_setting('hamrong.sealing', true) = 'yes');

-- The entries of audit by which keys were put on record, for whoever looks for them in the signed log.
create function sealed_entries(wanted uuid[]) returns setof audit_entry
language sql security definer set search_path = public, pg_temp as $$
  select e.* from audit_entry e where e.id = any(wanted) and e.subject like 'sealed-key:%' and e.id in (select k.entry from sealed_key k);
$$;
revoke all on function sealed_entries from public;
grant execute on function sealed_entries to hamrong_rights;

-- Which posts settle denunciations (`policy.HANDLERS`; a test compares them): somebody who serves in the unit in another post reads nothing.
create function sealed_settling() returns text[] language sql immutable as $$ select array['ward-chief', 'province-leader'] $$;
revoke all on function sealed_settling from public;

create or replace function sealed_unread(report uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  place text;
  able uuid[];
  unread boolean;
begin
  perform set_config('hamrong.sealing', report::text, true);
  select r.ward into place from sealed_report r where r.id = report;
  select coalesce(array_agg(k.key), '{}') into able from sealed_keys((now() at time zone 'Asia/Ho_Chi_Minh')::date) k
    where k.unit = place and k.role = any(sealed_settling());
  perform set_config('hamrong.sealing', report::text, true);
  unread := not exists (select from sealed_hand h where h.report_id = report and h.what = 'content' and h.key_id = any(able));
  perform set_config('hamrong.sealing', '', true);
  return unread;
end $$;
