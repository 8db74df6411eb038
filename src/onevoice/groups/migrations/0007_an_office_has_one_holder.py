"""Coordinator, Chair and Secretariat have one holder at a time: the database says so, whichever way a fact comes.

`sole` is the time for which a holding excludes others, filled in by a trigger. Where the record has two holders at
once from before, theirs stays empty, so that both go on standing until somebody corrects them.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
from django.contrib.postgres.fields import RangeOperators
from django.db import migrations, models

FORWARD = """
create function groups_sole(kind text, zone text, period tstzrange, since text, until text) returns tstzrange
language plpgsql stable set search_path = public, pg_temp as $$
declare
  first timestamptz := lower(period);
  last timestamptz := upper(period);
begin
  if kind is null or kind = 'co_chair' then
    return null;
  end if;
  if since = until then
    return period;
  end if;
  if length(since) = 4 then
    first := ((since || '-01-01')::timestamp + interval '1 year') at time zone zone;
  elsif length(since) = 7 then
    first := ((since || '-01')::timestamp + interval '1 month') at time zone zone;
  end if;
  if length(until) = 4 then
    last := (until || '-01-01')::timestamp at time zone zone;
  elsif length(until) = 7 then
    last := (until || '-01')::timestamp at time zone zone;
  end if;
  if first >= last then
    return null;
  end if;
  return tstzrange(first, last);
end $$;
create function groups_sole_holder() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  new.sole := (
    select groups_sole(o.kind, g.zone, new.period, new.since_written, new.until_written)
    from groups_office o join groups_body b on b.id = o.body_id join groups_group g on g.id = b.group_id
    where o.id = new.office_id
  );
  return new;
end $$;
create trigger sole_holder before insert on groups_officeholding
  for each row execute function groups_sole_holder();
update groups_officeholding h
  set sole = groups_sole(o.kind, g.zone, h.period, h.since_written, h.until_written)
  from groups_office o join groups_body b on b.id = o.body_id join groups_group g on g.id = b.group_id
  where o.id = h.office_id and o.kind <> 'co_chair';
update groups_officeholding h set sole = null
  where h.standing and h.basis = 'stated' and exists (
    select from groups_officeholding other
    where other.office_id = h.office_id and other.id <> h.id and other.standing and other.basis = 'stated'
      and other.sole && h.sole
  );
set constraints all immediate;
"""
BACK = """
drop trigger sole_holder on groups_officeholding;
drop function groups_sole_holder();
drop function groups_sole(text, text, tstzrange, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("groups", "0006_memberships_are_confirmed")]

    operations = [
        migrations.AddField(
            model_name="officeholding",
            name="sole",
            field=django.contrib.postgres.fields.DateTimeRangeField(editable=False, null=True),
        ),
        migrations.RunSQL(FORWARD, BACK),
        migrations.AddConstraint(
            model_name="officeholding",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                name="one_holder_at_a_time",
                expressions=[("office", RangeOperators.EQUAL), ("sole", RangeOperators.OVERLAPS)],
                condition=models.Q(("basis", "stated"), ("standing", True)),
                deferrable=models.Deferrable.DEFERRED,
            ),
        ),
    ]
