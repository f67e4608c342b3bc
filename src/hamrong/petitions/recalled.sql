-- A sender sees of a signed paper whether it was recalled.
drop function petitions_papers();
create function petitions_papers()
returns table (id uuid, form text, number int, symbol text, signed_at timestamptz, code text, pdf bytea, recalled_at timestamptz)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('hamrong.showing', array_to_string(petitions_refs(), ' '), true);
  return query
    select p.id, p.form, p.number, p.symbol, p.signed_at, p.code, p.pdf, r.recalled_at
      from papers_paper p left join papers_recall r on r.paper_id = p.id
     where p.ref = any(petitions_refs()) and p.state = 'signed' order by p.signed_at desc, p.id;
  perform set_config('hamrong.showing', '', true);
end $$;
revoke all on function petitions_papers from public;
grant execute on function petitions_papers to hamrong_rights;
