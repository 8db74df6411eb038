"""What tasks the group: a mandate, a draft or a report is entered, corrected, said in another language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from onevoice.enact.act import Act, Facts, Refusal, facts
from onevoice.enact.actor import Actor
from onevoice.enact.inputs import Choice, Choices, LongText, Number, PartialDay, ShortText, WebAddress
from onevoice.groups import visible as groups
from onevoice.groups.known import LANGUAGES
from onevoice.groups.models import Group
from onevoice.groups.roles import SECRETARIAT
from onevoice.languages.names import CODES
from onevoice.languages.slugs import free_slug
from onevoice.languages.words import plain, texts, with_text
from onevoice.mandates import visible, wording
from onevoice.mandates.acts.fields import WHY
from onevoice.mandates.models import Instrument, InstrumentKind
from onevoice.mandates.shapes import name_text
from onevoice.mandates.steps import as_it_is, correct_instrument, said_by, withdraw_instrument

WORDS = ("organ", "title", "effect", "note")
MOST = 300  # in a list from which somebody can still choose


def of_the_group(subject: Any) -> list[tuple[str, str]]:
    """The instruments of a group, the newest first, without the one that is corrected."""
    rows = Instrument.objects.filter(group=getattr(subject, "group", subject), standing=True)
    rows = rows.exclude(pk=subject.pk) if isinstance(subject, Instrument) else rows
    return [(one.slug, name_text(one)) for one in rows.order_by("-when_written", "-order", "-pk")[:MOST]]


def one_of_the_group(subject: Any) -> list[tuple[str, str]]:
    return [("", "—"), *of_the_group(subject)]


KIND = Choice(_("Kind"), list(wording.KINDS.items()))
SYMBOL = ShortText(_("Symbol"), limit=60, required=False, help=_("As A/RES/72/195."))
ORGAN = ShortText(_("By which organ"), limit=200)
TITLE = ShortText(_("Title"), limit=1000, required=False)
WHEN = PartialDay(_("Date"), required=False, help=_("As far as it is known: 2006, 2006-09 or 2006-09-14."))
SESSION = Number(_("Session"), low=1, high=999, required=False)
EFFECT = LongText(_("What it did"), limit=1000, required=False)
NOTE = LongText(_("Note"), limit=1000, required=False)
WEB = WebAddress(_("Where it can be read"), required=False)
LEADS_TO = Choice(
    _("What it led to"), one_of_the_group, required=False, help=_("For a draft: the resolution or decision.")
)
RESPONDS_TO = Choices(_("What it responds to"), of_the_group)


class EnterMandate(Act):
    """Enter a resolution or decision that tasks the group, a draft of one, or a report that one asked for."""

    on, by = groups.groups, (SECRETARIAT,)
    label = _("Enter a mandate")
    lede = _("Everybody can read it on the public site. Its paragraphs are entered from its page.")
    done = _("The mandate is entered. Its paragraphs can be entered now.")
    creates = True
    kind, symbol, organ, title = KIND, SYMBOL, ORGAN, TITLE
    language = Choice(_("Language of these words"), list(LANGUAGES.items()))
    when, session, effect, note, web = WHEN, SESSION, EFFECT, NOTE, WEB
    leads_to, responds_to = LEADS_TO, RESPONDS_TO

    @classmethod
    def initial(cls, subject: Group) -> dict[str, Any]:
        return {"kind": InstrumentKind.MANDATE, "language": "en"}

    def happen(self, subject: Any) -> Facts:
        given, language = self.inputs, self.inputs["language"]
        complete(given, subject)
        among = Instrument.objects.filter(group=subject)
        last = among.order_by("-order").values_list("order", flat=True).first()
        made = Instrument.objects.create(
            group=subject,
            slug=free_slug(
                given["symbol"] or given["title"], lambda slug: among.filter(slug=slug).exists(), longest=60
            ),
            kind=given["kind"],
            symbol=given["symbol"],
            organ=known_organ(subject, given["organ"], language),
            when_written=given["when"],
            session=given["session"],
            web=given["web"],
            leads_to=among.filter(slug=given["leads_to"]).first(),
            order=0 if last is None else last + 1,
            **{name: with_text({}, language, given[name]) for name in WORDS if name != "organ"},
        )
        made.responds_to.set(among.filter(slug__in=given["responds_to"]))
        return facts(made, public=True, slug=made.slug, **said(as_it_is(made)))


def complete(given: Any, group: Group, *, besides: Instrument | None = None) -> None:
    """A mandate is called by something, and no two by the same symbol."""
    if not (given["symbol"] or given["title"]):
        raise ValidationError({"symbol": wording.no_name})
    others = Instrument.objects.filter(group=group, symbol=given["symbol"], standing=True).exclude(symbol="")
    if others.exclude(pk=besides.pk if besides else None).exists():
        raise Refusal("symbol_taken", wording.symbol_taken, symbol=given["symbol"])


def known_organ(group: Group, name: str, language: str) -> dict[str, Any]:
    """An organ that the group's record names already comes with its other languages."""
    organs = Instrument.objects.filter(group=group).order_by("pk").values_list("organ", flat=True)
    same = [organ for organ in organs if dict(texts(organ)).get(language, "").casefold() == name.casefold()]
    return dict(max(same, key=len, default=with_text({}, language, name)))


def said(values: dict[str, Any]) -> dict[str, Any]:
    """What says something, for the record."""
    return {name: value for name, value in values.items() if value not in ("", None, {}, [])}


def original(instrument: Instrument) -> str:
    """The language in which an instrument was entered: English, else the first in which anything is said."""
    there = {code for name in WORDS for code, _ in texts(getattr(instrument, name))}
    return next((code for code in CODES if code in there), "en")


class CorrectMandate(Act):
    """Correct what is said of a mandate; what was said before stays in its history."""

    on, by = visible.instruments, (SECRETARIAT,)
    label = _("Correct the mandate")
    lede = _(
        "What was there before stays one click away on its page, with when it was corrected, by whom and why."
    )
    done = _("The mandate is corrected. What was there before stays in its history.")
    kind, symbol, organ, title = KIND, SYMBOL, ORGAN, TITLE
    when, session, effect, note, web = WHEN, SESSION, EFFECT, NOTE, WEB
    leads_to, responds_to = LEADS_TO, RESPONDS_TO
    why = WHY

    @classmethod
    def may(cls, actor: Actor, subject: Instrument, *, now: datetime) -> Refusal | None:
        return wording.refuse_withdrawn(subject)

    @classmethod
    def initial(cls, subject: Instrument) -> dict[str, Any]:
        language = original(subject)
        values = as_it_is(subject)
        return values | {name: plain(values[name], language) for name in WORDS}

    def happen(self, subject: Any) -> Facts:
        given, language = dict(self.inputs), original(subject)
        complete(given, subject.group, besides=subject)
        old = as_it_is(subject)
        new = {name: given[name] for name in old}
        for name in WORDS:
            words, text = old[name], given[name]
            new[name] = words if text == plain(words, language) else with_text(words, language, text)
        new["responds_to"] = sorted(given["responds_to"])
        changed = correct_instrument(subject, new, **said_by(self, given["why"]))
        if not changed:
            raise ValidationError(wording.nothing_differs)
        return facts(subject, public=True, changed=changed, why=given["why"])


class TranslateMandate(Act):
    """Say what a mandate is about in another language."""

    on, by = visible.instruments, (SECRETARIAT,)
    label = _("Say the mandate in another language")
    lede = _("What you fill in replaces what is said in that language. What you leave empty stays.")
    done = _("The translation stands on the pages in that language.")
    language = Choice(_("Language of these words"), list(LANGUAGES.items()))
    organ = ShortText(_("By which organ"), limit=200, required=False)
    title, effect, note = TITLE, EFFECT, NOTE

    @classmethod
    def may(cls, actor: Actor, subject: Instrument, *, now: datetime) -> Refusal | None:
        return wording.refuse_withdrawn(subject)

    def happen(self, subject: Any) -> Facts:
        given, language = self.inputs, self.inputs["language"]
        new = {
            name: with_text(getattr(subject, name), language, given[name]) for name in WORDS if given[name]
        }
        if not (changed := correct_instrument(subject, new, **said_by(self))):
            raise ValidationError(wording.nothing_differs)
        return facts(subject, public=True, language=language, changed=changed)


class WithdrawMandate(Act):
    """Withdraw a mandate that was entered by mistake; its page stays and says so."""

    on, by = visible.instruments, (SECRETARIAT,)
    label = _("Withdraw the mandate")
    lede = _(
        "For a mandate that was entered by mistake. Its page stays with its history and says that it was withdrawn, by "
        "whom and why; what answered it keeps its link."
    )
    done = _("The mandate is withdrawn. Its page says so.")
    grave = True
    why = WHY

    @classmethod
    def may(cls, actor: Actor, subject: Instrument, *, now: datetime) -> Refusal | None:
        return wording.refuse_withdrawn(subject)

    def happen(self, subject: Any) -> Facts:
        withdraw_instrument(subject, **said_by(self, self.inputs["why"]))
        return facts(subject, public=True, slug=subject.slug, why=self.inputs["why"])
