"""The record is added to, never changed: triggers refuse it to every login, the tables' owner included."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The record is added to, never changed: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""

# By statement, not by row: even a change that meets no row is refused, and adding costs nothing.
TRIGGER = """
CREATE TRIGGER record_stays BEFORE {what} ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION record_stays();
"""

FOR_EVER = ("record_entry", "record_placement", "record_tile", "record_checkpoint", "record_logkey")

CHECKS = r"""
ALTER TABLE record_entry
    ADD CONSTRAINT record_entry_hash CHECK (leaf_hash = sha256('\x00'::bytea || leaf)),
    ADD CONSTRAINT record_entry_fits CHECK (octet_length(leaf) BETWEEN 1 AND 65535);
ALTER TABLE record_opening
    ADD CONSTRAINT record_opening_salt CHECK (octet_length(salt) = 32);
ALTER TABLE record_placement
    ADD CONSTRAINT record_placement_from_zero CHECK (index >= 0);
ALTER TABLE record_tile
    ADD CONSTRAINT record_tile_full CHECK (octet_length(hashes) = 8192 AND octet_length(root) = 32);
ALTER TABLE record_checkpoint
    ADD CONSTRAINT record_checkpoint_root CHECK (octet_length(root) = 32 AND size >= 0);
"""

UNDO = "".join(
    f"DROP TRIGGER record_stays ON {table};" for table in (*FOR_EVER, "record_opening")
) + """
DROP FUNCTION record_stays();
ALTER TABLE record_entry DROP CONSTRAINT record_entry_hash, DROP CONSTRAINT record_entry_fits;
ALTER TABLE record_opening DROP CONSTRAINT record_opening_salt;
ALTER TABLE record_placement DROP CONSTRAINT record_placement_from_zero;
ALTER TABLE record_tile DROP CONSTRAINT record_tile_full;
ALTER TABLE record_checkpoint DROP CONSTRAINT record_checkpoint_root;
"""


class Migration(migrations.Migration):

    dependencies = [("record", "0001_first")]

    operations = [
        migrations.RunSQL(
            [
                REFUSE,
                *(TRIGGER.format(what="UPDATE OR DELETE OR TRUNCATE", table=table) for table in FOR_EVER),
                TRIGGER.format(what="UPDATE OR TRUNCATE", table="record_opening"),
                CHECKS,
            ],
            UNDO,
        )
    ]
