"""Who took part, in which part, is recorded anew and never rewritten: a trigger refuses it, whichever login asks."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION participation_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Participation is frozen: it is recorded anew, % is refused.', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER participation_frozen BEFORE UPDATE ON meetings_participation FOR EACH ROW
    WHEN ((NEW.id, NEW.meeting_id, NEW.part, NEW.organisation_id, NEW.state_id, NEW.recorded_by_id)
          IS DISTINCT FROM (OLD.id, OLD.meeting_id, OLD.part, OLD.organisation_id, OLD.state_id, OLD.recorded_by_id))
    EXECUTE FUNCTION participation_frozen();
"""

BACK = """
DROP TRIGGER participation_frozen ON meetings_participation;
DROP FUNCTION participation_frozen();
"""


class Migration(migrations.Migration):

    dependencies = [("meetings", "0002_documents_stand_under_agenda_items")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
