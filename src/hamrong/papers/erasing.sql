-- What a signed paper says goes when its matter is kept no longer; number, day, code and digest stay, so that it can still be proved.
create or replace function papers_keep() returns trigger language plpgsql as $$
declare
  movable constant text[] := array['unit', 'province'];
  erasable constant text[] := array['content', 'pdf', 'reason', 'erased_on'];
begin
  if tg_op = 'UPDATE' and to_jsonb(old) - movable = to_jsonb(new) - movable then return new; end if;
  if tg_op = 'UPDATE' and current_user = 'hamrong_owner' and to_jsonb(old) - erasable = to_jsonb(new) - erasable then return new; end if;
  raise exception 'a signed paper is kept as it was signed' using errcode = 'integrity_constraint_violation';
end $$;

-- Everything that papers of an object say; for functions of rooms above, which run as the owner and say by which order.
create function papers_erase(of_ref text) returns void language plpgsql as $$
begin
  perform set_config('hamrong.going', of_ref, true);
  update papers_recall set reason = '' where paper_id in (select p.id from papers_paper p where p.ref = of_ref);
  delete from papers_paper where ref = of_ref and state <> 'signed';
  update papers_paper set content = '', pdf = null, erased_on = (now() at time zone 'Asia/Ho_Chi_Minh')::date
   where ref = of_ref and erased_on is null;
  perform set_config('hamrong.going', '', true);
end $$;
revoke all on function papers_erase from public;
