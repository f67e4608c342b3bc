-- A recall belongs to whoever has the paper, is on record, and is never changed or taken back.
select access_wall('papers_recall'::regclass, null, 'unit', 'province', true);
select audit_watch('papers_recall'::regclass);
create trigger kept before update or delete on papers_recall for each row execute function papers_keep();
create policy owner_follows on papers_recall to hamrong_owner
  using (exists (select from papers_paper p where p.id = paper_id)) with check (true);

create or replace function papers_move(moved text, receiver text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.going', moved, true);
  update papers_recall set unit = receiver where paper_id in (select p.id from papers_paper p where p.ref = moved);
  update papers_paper set unit = receiver where ref = moved;
  update papers_attachment set unit = receiver where ref = moved;
  perform set_config('hamrong.going', '', true);
end $$;

-- Anybody sees that a paper was recalled, on which day, and which one took its place; not why.
drop function papers_proof(text);
create function papers_proof(wanted text)
returns table (unit text, number int, symbol text, signed_at timestamptz, digest bytea, recalled_at timestamptz,
  new_number int, new_symbol text, new_code text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about text;
begin
  perform set_config('hamrong.proving', wanted, true);
  select p.ref into about from papers_paper p where p.code = wanted;
  perform set_config('hamrong.proving', '', true);
  perform set_config('hamrong.going', coalesce(about, ''), true);
  return query
    select p.numbered_by, p.number, p.symbol, p.signed_at, p.digest, r.recalled_at, n.number, n.symbol, n.code
      from papers_paper p left join papers_recall r on r.paper_id = p.id left join papers_paper n on n.id = r.replacement_id
     where p.code = wanted and p.state = 'signed';
  perform set_config('hamrong.going', '', true);
end $$;
revoke all on function papers_proof from public;
grant execute on function papers_proof to hamrong_rights;
