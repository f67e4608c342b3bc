-- How people found the way in which their petition was settled: counts by unit and quarter, and never whose answer it was.
select access_wall(walled::regclass, null, 'unit', 'province', true) from unnest(array[
  'petitions_opinion', 'petitions_remark']) walled;
create policy owner_counts on petitions_opinion to hamrong_owner
  using (unit = current_setting('hamrong.answering', true)) with check (unit = current_setting('hamrong.answering', true));
create policy owner_counts on petitions_remark for insert to hamrong_owner
  with check (unit = current_setting('hamrong.answering', true));

-- Whoever has the ticket answers once (`marked` says of which petition, under a key that lies outside). Of a sealed petition
-- only the province's count goes up, and no words are kept: the petition's own row is not touched, and nothing is on record.
create function petitions_answer(marked text, quarter date, answered text, remark uuid, words bytea) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one petitions_petition;
begin
  select p.* into one from petitions_petition p where p.ticket = nullif(current_setting('hamrong.scope', true), '');
  if one.id is null then
    return false;
  end if;
  insert into petitions_asked (mark) values (marked) on conflict do nothing;
  if not found then
    return false;
  end if;
  if one.secret then
    one.unit := one.province;
  end if;
  perform set_config('hamrong.answering', one.unit, true);
  insert into petitions_opinion as o (unit, province, kind, first, answer, many)
    values (one.unit, one.province, one.kind, quarter, answered, 1)
    on conflict (unit, kind, first, answer) do update set many = o.many + 1;
  if words is not null and not one.secret then
    insert into petitions_remark (id, unit, province, first, content) values (remark, one.unit, one.province, quarter, words);
  end if;
  perform set_config('hamrong.answering', '', true);
  return true;
end $$;
revoke all on function petitions_answer from public;
grant execute on function petitions_answer to hamrong_rights;
