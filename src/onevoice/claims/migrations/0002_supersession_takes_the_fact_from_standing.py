"""Superseding a fact is one inserted row; the database takes the fact from standing."""

from django.db import migrations

FORWARD = """
create function claims_supersede() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare changed integer;
begin
  if new.fact_table !~ '^(claims|parties|groups)_[a-z]+$' then
    raise exception 'table % holds no dated facts', new.fact_table;
  end if;
  execute format('update %I set standing = false where id = $1 and standing', new.fact_table) using new.fact_id;
  get diagnostics changed = row_count;
  if changed <> 1 then
    raise exception 'fact % of % does not stand', new.fact_id, new.fact_table
      using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger supersede before insert on claims_supersession
  for each row execute function claims_supersede();
"""
BACK = "drop trigger supersede on claims_supersession; drop function claims_supersede();"


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_first")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
