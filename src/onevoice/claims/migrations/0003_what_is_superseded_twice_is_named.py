"""Of two corrections of one fact at the same moment the second is told so: the database names the rule it broke."""

from django.db import migrations, models

FUNCTION = """
create or replace function claims_supersede() returns trigger
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
      using errcode = 'unique_violation'{named};
  end if;
  return new;
end $$;
"""


def function(named: str) -> str:
    return FUNCTION.replace("{named}", named)


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_supersession_takes_the_fact_from_standing")]
    operations = [
        migrations.RunSQL(function(", constraint = 'superseded_once'"), function("")),
        migrations.AddIndex(
            model_name="supersession",
            index=models.Index(fields=["fact_table", "by_fact_id"], name="supersedes"),
        ),
    ]
