"""Documents under an agenda item: added, withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onevoice.decisions.models import Visibility
from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, LongText, ShortText, Upload, YesNo
from onevoice.files.kinds import DOCUMENT
from onevoice.files.models import Visibility as Public
from onevoice.files.steps import keep, withdraw
from onevoice.groups.roles import CHAIR, MEMBER, SECRETARIAT
from onevoice.languages.names import CODES, LANGUAGES
from onevoice.meetings import visible, wording
from onevoice.meetings.models import AgendaItem, Document, DocumentWithdrawal

LANGUAGE_CHOICES = [(code, LANGUAGES[code].own_name) for code in CODES]


class AddDocument(Act):
    """Put a file under an agenda item."""

    on, by = visible.agenda, (MEMBER, CHAIR, SECRETARIAT)
    label = _("Add a document")
    lede = _("The group finds it under the agenda item at once.")
    done = _("The document is under the agenda item.")
    creates = True
    title = ShortText(_("Title"), limit=300)
    file = Upload(_("File"), DOCUMENT)
    language = Choice(_("Language of the document"), LANGUAGE_CHOICES)
    public = YesNo(
        _("Everybody may read it, on the public page of the meeting"),
        help=_("Only a chair or the secretariat makes a document public."),
    )

    @classmethod
    def initial(cls, subject: AgendaItem) -> dict[str, Any]:
        return {"language": "en"}

    @classmethod
    def may(cls, actor: Actor, subject: AgendaItem, *, now: datetime) -> Refusal | None:
        return wording.not_held(subject.meeting)

    def happen(self, subject: Any) -> Facts:
        given, group = self.inputs, subject.meeting.group
        if given["public"]:
            _may_be_public(self.actor, subject)
        file = keep(
            given["file"],
            group=group.pk,
            group_slug=group.slug,
            by=self.actor.key,
            at=self.received_at,
            visibility=Public.PUBLIC if given["public"] else Public.GROUP,
        )
        document = Document.objects.create(
            item=subject,
            title={given["language"]: given["title"]},
            language=given["language"],
            file=file,
            added_by_id=self.actor.organisation,
            person_id=self.actor.person,
            at=self.received_at,
        )
        return facts(
            document, public=given["public"], item=subject.number, file_hash=file.sha256, file_size=file.size
        )


def _may_be_public(actor: Actor, item: AgendaItem) -> None:
    if not is_officer(actor, item):
        raise ValidationError(wording.officers_publish, code="officers_publish")
    if item.meeting.visibility != Visibility.PUBLIC:
        raise ValidationError(wording.meeting_not_public, code="meeting_not_public")


def is_officer(actor: Actor, subject: Any) -> bool:
    """Whether a chair or the secretariat acts."""
    return CHAIR.allows(actor, subject) or SECRETARIAT.allows(actor, subject)


class WithdrawDocument(Act):
    """Take a document from the agenda; that it was there stays."""

    on, by = visible.documents, (MEMBER, CHAIR, SECRETARIAT)
    label = _("Withdraw the document")
    lede = _("Nobody can open the file here any more. The agenda keeps its title, and that it was withdrawn.")
    done = _("The document is withdrawn.")
    grave = True
    why = LongText(_("Why"), required=False, limit=2000)

    @classmethod
    def may(cls, actor: Actor, subject: Document, *, now: datetime) -> Refusal | None:
        if getattr(subject, "withdrawal", None) is not None:
            return wording.document_withdrawn
        theirs = subject.added_by_id == actor.organisation
        return None if theirs or is_officer(actor, subject) else wording.document_of_another

    def happen(self, subject: Any) -> Facts:
        DocumentWithdrawal.objects.create(
            document=subject,
            by_id=self.actor.organisation,
            person_id=self.actor.person,
            at=self.received_at,
            why=self.inputs["why"],
        )
        withdraw(subject.file, by=self.actor.key, at=self.received_at)
        was_public = subject.file.visibility == Public.PUBLIC
        why, item = {"why": self.inputs["why"]}, subject.item.number
        return facts(subject, public=was_public, personal=why, item=item, file_hash=subject.file.sha256)
