"""The clock that decides, under one name, so that the demonstration can move it on."""

from django.db import migrations

MAKE = "CREATE FUNCTION onevoice_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'select clock_timestamp()'"


class Migration(migrations.Migration):
    dependencies = [("enact", "0004_performed_knows_what_it_stands_under")]

    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION onevoice_now()")]
