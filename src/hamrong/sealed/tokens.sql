-- Security keys beside the passphrase: whose rows they are, on record, and never the last one away from a lock that needs one.
select access_wall('sealed_token', null, 'ward', 'province', true);
select audit_watch('sealed_token');

-- A lock of version 2 opens with the passphrase and a token. Without any token it would never open again: either it is
-- written anew for the passphrase alone, or it goes with its key, and only then the token.
create function sealed_token_guard() returns trigger language plpgsql as $$
begin
  if exists (select from sealed_lock where key_id = old.key_id and get_byte(locked, 0) = 2)
     and not exists (select from sealed_token where key_id = old.key_id) then
    raise exception 'the last token of a key that needs one' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
revoke all on function sealed_token_guard from public;
create trigger token_is_not_the_last_way after delete on sealed_token for each row execute function sealed_token_guard();
