-- Until the transaction ends nobody else adds to a log: its size is the index of what this role will add next.
create function audit_log_hold(log text) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  held bigint;
begin
  if not exists (select from audit_writer w where w.log = audit_log_hold.log and w.role = current_setting('role')) then
    raise exception 'role % does not write to log %', current_setting('role'), audit_log_hold.log using errcode = 'insufficient_privilege';
  end if;
  select l.size into strict held from audit_log l where l.name = audit_log_hold.log for update;
  return held;
end $$;
revoke all on function audit_log_hold from public, hamrong_rights;
grant execute on function audit_log_hold to hamrong_rights;
