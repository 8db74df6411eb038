"""Addresses are changed by oneself, and whoever leaves is forgotten.

Names of persons stand in rows that the application can only add: who claimed a fact, who performed an act. The
function `parties_forget` puts others in their place, and nothing else, for a person who is marked as having left.
It runs as the owner of the tables; the record's own tables are not among those that it touches.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
create function parties_forget(forgotten bigint, neutral text) returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  who record;
  spot record;
  acting text;
begin
  select slug, left_at into who from public.parties_person where id = forgotten;
  if who.left_at is null then
    raise exception 'person % has not left', forgotten;
  end if;
  acting := 'person:' || who.slug || ' for ';
  for spot in
    select c.table_name, c.column_name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name in ('by', 'claimed_by', 'made_by')
      and c.data_type in ('character varying', 'text') and c.table_name not like 'record\\_%'
  loop
    execute format(
      'update public.%I set %I = $1 || substr(%I, length($2) + 1) where starts_with(%I, $2)',
      spot.table_name, spot.column_name, spot.column_name, spot.column_name
    ) using 'person:' || neutral || ' for ', acting;
  end loop;
  update public.groups_appointment set record_id = replace(record_id, who.slug, neutral)
    where person_id = forgotten and position(who.slug in record_id) > 0;
  update public.enact_performed set by = jsonb_set(by, '{person}', '""') where person = forgotten;
end
$$;
"""
BACK = "drop function parties_forget(bigint, text);"


class Migration(migrations.Migration):
    dependencies = [("parties", "0004_successions_are_corrected")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="left_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="AddressChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("former", models.EmailField(max_length=254)),
                ("email", models.EmailField(max_length=254)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="address_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
