"""The table of Django's cache in the database, so that attempts to sign in are counted over all processes."""

from django.db import migrations

FORWARD = """
create table parties_attempts (
  cache_key varchar(255) primary key,
  value text not null,
  expires timestamp with time zone not null
);
create index parties_attempts_expires on parties_attempts (expires);
"""
BACK = "drop table parties_attempts"


class Migration(migrations.Migration):
    dependencies = [("parties", "0002_accounts_by_invitation")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
