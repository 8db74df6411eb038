"""The text is frozen: triggers refuse to change or delete what was proposed and adopted, whichever login asks.

Decisions of the past have no proposal: they come from sources and are corrected when a source is.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION text_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The text is frozen: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER text_frozen BEFORE UPDATE ON decisions_proposal FOR EACH ROW
    WHEN (to_jsonb(NEW) - 'state' IS DISTINCT FROM to_jsonb(OLD) - 'state')
    EXECUTE FUNCTION text_frozen();
CREATE TRIGGER proposal_stays BEFORE DELETE ON decisions_proposal FOR EACH ROW
    EXECUTE FUNCTION text_frozen();

CREATE TRIGGER text_frozen BEFORE UPDATE ON decisions_decision FOR EACH ROW
    WHEN (NEW.proposal_id IS DISTINCT FROM OLD.proposal_id OR OLD.proposal_id IS NOT NULL
          AND to_jsonb(NEW) - '{visibility,note}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{visibility,note}'::text[])
    EXECUTE FUNCTION text_frozen();
CREATE TRIGGER decision_stays BEFORE DELETE ON decisions_decision FOR EACH ROW
    WHEN (OLD.proposal_id IS NOT NULL)
    EXECUTE FUNCTION text_frozen();
"""

BACK = """
DROP TRIGGER text_frozen ON decisions_proposal;
DROP TRIGGER proposal_stays ON decisions_proposal;
DROP TRIGGER text_frozen ON decisions_decision;
DROP TRIGGER decision_stays ON decisions_decision;
DROP FUNCTION text_frozen();
"""


class Migration(migrations.Migration):

    dependencies = [("decisions", "0001_first")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
