-- What a sender sees of the case of the own petition: what was found of it, too.
drop function petitions_followed();
create function petitions_followed()
returns table (code text, course text, state text, closed_at timestamptz, revision int, rule text, what text, name text,
  effective_at timestamptz, role text, approved_role text, document text, params jsonb, act text, source text, result text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  followed uuid;
begin
  select p.case_id into followed from petitions_petition p
   where p.ticket = nullif(current_setting('hamrong.scope', true), '');
  perform set_config('hamrong.following', coalesce(followed::text, ''), true);
  return query
    select c.code, c.course, c.state, c.closed_at, f.revision, k.rule, k.what, k.name, f.effective_at, f.role, f.approved_role,
        f.document, k.params, f.act, f.source, c.result
      from cases_case c join cases_fact f on f.case_id = c.id left join cases_clockfact k on k.fact_id = f.id
     where c.id = followed order by f.revision, k.id;
  perform set_config('hamrong.following', '', true);
end $$;
revoke all on function petitions_followed from public;
grant execute on function petitions_followed to hamrong_rights;
