"""One line for each page that is looked at: its richest, its empty and its erring state, and who looks.

A new address fails test_accessible.py until it has a line here (or, when it gives no page, a word in NO_PAGE).
Names in braces come from filled.py. `sends` presses the first button of the page without filling anything in.
"""

from __future__ import annotations

from dataclasses import dataclass

from journeys.filled import EMPTY
from journeys.house import CO_CHAIR, GROUP, MEMBER, SECRETARIAT

VISITOR, OFFICER, NOBODY, WITHOUT_PASSWORD = "", "officer", "nobody", "focal-point-ilo"


@dataclass(frozen=True)
class Example:
    """An address, who reads it, whether the form is sent empty, and what the address answers."""

    path: str
    who: str = VISITOR
    sends: bool = False
    status: int = 200

    def __str__(self) -> str:
        return f"{self.path}{' sent empty' if self.sends else ''} by {self.who or 'a visitor'}"


def seen(*paths: str, who: str = VISITOR) -> list[Example]:
    return [Example(path, who) for path in paths]


def wrong(path: str, status: int = 404, *, who: str = VISITOR) -> list[Example]:
    """A page that says what was wrong."""
    return [Example(path, who, status=status)]


def form(path: str, *, who: str = SECRETARIAT) -> list[Example]:
    """A form as it is opened, and with its errors."""
    return [Example(path, who), Example(path, who, sends=True)]


def of_group(rest: str, *, mistaken: str = "", status: int = 200) -> list[Example]:
    """A page of every group: ICAT's past, the live group from inside, an empty one from inside, an error."""
    return [
        Example(f"/icat{rest}"),
        Example(f"/{GROUP}{rest}", SECRETARIAT),
        Example(f"/{EMPTY}{rest}", OFFICER),
        Example(f"/icat{rest}{mistaken}", status=status)
        if mistaken
        else Example(f"/no-such-group{rest}", status=404),
    ]


def act(
    name: str, subject: str, who: str = SECRETARIAT, *, sends: bool = False, status: int = 200
) -> Example:
    return Example(f"/{GROUP}/do/{name}/{subject}", who, sends, status)


LIVE = f"/{GROUP}"
RULES = f"{LIVE}/rules/working-level/own"
EXAMPLES: dict[str, list[Example]] = {
    "site:groups": [*seen("/"), *seen("/", who=SECRETARIAT), *wrong("/?sort=none", 400)],
    "site:accessibility": seen("/accessibility"),
    "site:privacy": seen("/privacy"),
    "site:home": [*of_group("/", mistaken="?as-of=2019-13-01", status=400), *seen("/icat/?as-of=2019-06-01")],
    "site:about": of_group("/about", mistaken="?as-of=2019-13-01", status=400),
    "site:about-record": of_group("/about/record", mistaken="?names-sort=none&names-q=zebra", status=400),
    "site:record": of_group("/record", mistaken="?page=900", status=400),
    "site:entry": seen("/icat/record/entries/0", f"{LIVE}/record/entries/101") + wrong("/icat/record/entries/999999"),
    "groups:members": [
        *of_group("/members", mistaken="?as-of=2019-13-01&known-on=never", status=400),
        *seen("/icat/members?as-of=2019-06-01&known-on=2020-01-01", "/icat/members?q=nobody+at+all",
              "/icat/members?offices-sort=chosen&offices-q=co&sizes-sort=-count&other-sort=-since"),
        *wrong("/icat/members?offices-page=9&sizes-sort=none&other-q=%00", 400),
    ],
    "groups:member": [
        *seen("/icat/members/un-women", "/icat/members/unodc?as-of=2010-01-01"),
        *wrong("/icat/members/nobody"), *wrong("/icat/members/unodc?as-of=2010", 400),
        *seen(f"/{EMPTY}/members/who", who=OFFICER),
        *seen(f"{LIVE}/members/icmpd"), *seen(f"{LIVE}/members/icmpd", who=SECRETARIAT),
    ],
    "groups:house": [
        *seen(f"{LIVE}/house", who=SECRETARIAT), *seen(f"{LIVE}/house", who=MEMBER),
        *seen(f"/{EMPTY}/house", who=OFFICER), *wrong(f"{LIVE}/house", who=NOBODY),
    ],
    "mandates:mandates": [
        *of_group("/mandates", mistaken="?as-of=2019-13-01", status=400), *seen("/icat/mandates?as-of=2012-06-01"),
    ],
    "mandates:mandate": [
        *seen("/icat/mandates/ga-72-195", "/icat/mandates/a-c-3-78-l-12"), *wrong("/icat/mandates/none"),
        *seen("/icat/mandates/ga-72-195?as-of=2010-01-01"), *wrong("/icat/mandates/ga-72-195?as-of=2010", 400),
        *seen(f"{LIVE}/mandates/demo-res-1", f"{LIVE}/mandates/a-res-1-2"),
        *seen(f"{LIVE}/mandates/demo-res-1", who=SECRETARIAT),
    ],
    "outputs:outputs": of_group("/outputs", mistaken="?year=soon", status=400),
    "outputs:output": seen("/icat/outputs/issue-brief-1") + wrong("/icat/outputs/none"),
    "meetings:events": [*of_group("/events", mistaken="?year=soon", status=400), *wrong("/icat/events?year=1999", 400)],
    "meetings:event": [
        *seen("/icat/events/2018-06-14-briefing-to-member-states"), *wrong("/icat/events/none"),
        *seen(f"{LIVE}/events/{{meeting_slug}}", f"{LIVE}/events/{{off}}"),
        *(Example(f"{LIVE}/events/{{{which}}}", SECRETARIAT) for which in ("meeting_slug", "later", "bare")),
    ],
    "decisions:register": of_group("/decisions", mistaken="?year=soon", status=400),
    "decisions:decision": [
        *seen(f"{LIVE}/decisions/{{decision}}"), *wrong("/icat/decisions/none"),
        *seen(f"{LIVE}/decisions/{{decision}}", who=SECRETARIAT),
        *seen(f"{LIVE}/decisions/{{followed}}", f"{LIVE}/decisions/{{gave_way}}"),
        *(Example(f"{LIVE}/decisions/{{followed}}", who) for who in (CO_CHAIR, MEMBER)),
        *wrong(f"{LIVE}/decisions/{{taken_back}}", 410), *seen(f"{LIVE}/decisions/{{taken_back}}", who=SECRETARIAT),
    ],
    "decisions:proposals": [
        *seen(f"{LIVE}/proposals", who=SECRETARIAT), *seen(f"/{EMPTY}/proposals", who=OFFICER),
        *wrong(f"{LIVE}/proposals?state=gone", 400, who=SECRETARIAT), *wrong(f"{LIVE}/proposals"),
    ],
    "decisions:proposal": [
        *(Example(f"{LIVE}/proposals/{{{which}}}", SECRETARIAT) for which in ("adopted", "objected", "withdrawn")),
        *(Example(f"{LIVE}/proposals/{{{which}}}", MEMBER)
          for which in ("silent", "revised", "held_up", "silently", "voting")),
        *seen(f"{LIVE}/proposals/{{in_writing}}", who=SECRETARIAT),
        *seen(f"{LIVE}/proposals/{{held_up}}", f"{LIVE}/proposals/{{tabled_slug}}", who=CO_CHAIR),
        *wrong(f"{LIVE}/proposals/none", who=SECRETARIAT),
    ],
    "decisions:rules-list": seen("/docs/rules"),
    "decisions:rules-of": [
        *seen("/docs/rules/osce-silence", "/docs/rules/icat-principals", "/docs/rules/unga?with=wto"),
        *wrong("/docs/rules/none"), *wrong("/docs/rules/unga?with=none", 400),
    ],
    "decisions:rules": [
        *seen(f"{RULES}", f"{RULES}?with=unga", f"{RULES}?as-of=2019-06-01", who=SECRETARIAT),
        *wrong(f"{RULES}?as-of=soon", 400, who=SECRETARIAT), *wrong(RULES),
    ],
    "decisions:simulation-of": [
        *seen("/docs/rules/icat-principals/simulation", "/docs/rules/nato/simulation"),
        *wrong("/docs/rules/icat-principals/simulation?day=2199-12-31", 400),
        *wrong("/docs/rules/icat-principals/simulation?number=1", 422), *wrong("/docs/rules/none/simulation"),
    ],
    "decisions:simulation": [
        *seen(f"{RULES}/simulation", who=SECRETARIAT), *wrong(f"{RULES}/simulation"),
        *wrong(f"{RULES}/simulation?until_day=2026-12-07", 400, who=SECRETARIAT),
    ],
    "search:search": [
        *seen("/icat/search?q=trafficking", "/icat/search", "/icat/search?q=xyzzyq&kind=event"),
        *wrong("/icat/search?q=" + "word+" * 80, 413), *wrong("/icat/search?q=trafficking&sort=none&page=99", 400),
        *seen("/icat/search?q=trafficking&sort=-date&page=2"), *seen(f"{LIVE}/search?q=children", who=SECRETARIAT),
    ],
    "desk:desks": [*seen("/desk", who=NOBODY)],
    "desk:desk": [
        *seen(f"{LIVE}/desk", who=SECRETARIAT), *seen(f"{LIVE}/desk", who=MEMBER),
        *seen(f"/{EMPTY}/desk", who=OFFICER), *wrong(f"{LIVE}/desk", 403, who=NOBODY),
        *seen(f"{LIVE}/desk?q=nothing+at+all", who=MEMBER),
        *wrong(f"{LIVE}/desk?sort=none&until=soon", 400, who=MEMBER), *wrong(f"/{EMPTY}/desk?page=9", 400, who=OFFICER),
    ],
    "enact:acts": [*seen("/docs/acts", "/docs/acts?q=nothing+at+all"), *wrong("/docs/acts?sort=none", 400)],
    "enact:permissions": [*seen("/docs/permissions"), *wrong("/docs/permissions?who=nobody", 400)],
    "enact:act": [
        act("convene-meeting", "{body}"), act("convene-meeting", "{body}", sends=True),
        act("record-participation", "{meeting}"), act("add-document", "{item}", sends=True),
        act("describe-group", "{group}"), act("record-objection", "{tabled_pk}", sends=True),
        act("take-back-objection", "{objected_pk}", MEMBER),
        act("take-back-objection", "{tabled_pk}", MEMBER, status=403),
        act("call-for-objections", "{tabled_pk}", CO_CHAIR),
        act("declare-adopted", "{objected_pk}", CO_CHAIR, status=403),
        act("admit-member", "{body}", sends=True), act("set-logo", "{group}"), act("elect-officer", "{body}"),
        act("confirm-appointment", "{entered}", MEMBER), act("withdraw-document", "{document}"),
        act("correct-membership", "{seat}", sends=True), act("record-succession", "{group}", sends=True),
        act("enter-paragraphs", "{mandate}", sends=True), act("correct-paragraph", "{paragraph}"),
        act("say-what-answers-paragraph", "{paragraph}"), act("correct-name", "{group}"),
        act("withdraw-mandate", "{mandate}", sends=True), act("correct-count", "{group}", status=403),
        act("adopt-rules", "{body}"), act("adopt-rules", "{body}", sends=True), act("adopt-calendar", "{group}"),
        act("propose-in-writing", "{body}", MEMBER), act("start-silence", "{in_writing_pk}", sends=True),
        act("start-silence", "{in_writing_pk}"), act("break-silence", "{silent_pk}", MEMBER),
        act("break-silence", "{silently_pk}", MEMBER), act("complete-objection", "{held_up_pk}", MEMBER),
        act("join-objection", "{held_up_pk}", "focal-point-ilo"), act("withdraw-objection", "{held_up_pk}", MEMBER),
        act("enter-objection", "{silent_pk}"), act("enter-objection", "{silent_pk}", sends=True),
        act("state-position", "{silent_pk}", MEMBER, sends=True), act("agree-now", "{silent_pk}", MEMBER),
        act("ask-for-time", "{silent_pk}", MEMBER), act("extend-silence", "{silent_pk}", CO_CHAIR),
        act("announce-outcome", "{silently_pk}", CO_CHAIR), act("reopen-matter", "{silently_pk}", MEMBER, sends=True),
        act("enter-next-meeting", "{silently_pk}"), act("add-follow-up", "{followed_pk}", sends=True),
        act("report-progress", "{follow_up}", MEMBER), act("complete-follow-up", "{follow_up}", MEMBER, sends=True),
        act("change-follow-up", "{follow_up}", CO_CHAIR), act("discontinue-follow-up", "{follow_up}", CO_CHAIR),
        act("supersede-decision", "{followed_pk}", sends=True), act("restore-decision", "{gave_way_pk}"),
        act("set-review-date", "{followed_pk}", sends=True), act("enter-review", "{followed_pk}", sends=True),
        act("agree-ad-referendum", "{silent_pk}", MEMBER, sends=True), act("cast-vote", "{voting_pk}", MEMBER),
        act("agree-on-condition", "{silent_pk}", MEMBER, sends=True), act("offer-wording", "{silent_pk}", MEMBER),
        act("confirm-agreement", "{silent_pk}", MEMBER), act("open-ballot", "{silent_pk}"),
        act("refuse-agreement", "{silent_pk}", MEMBER), act("enter-present", "{silent_pk}"),
        act("judge-consensus", "{held_up_pk}", CO_CHAIR, sends=True), act("judge-objection", "{held_up_pk}", CO_CHAIR),
        act("put-to-meeting", "{held_up_pk}", CO_CHAIR), act("correct-typing-error", "{held_up_pk}", CO_CHAIR),
        act("strike-objection", "{held_up_pk}", MEMBER, status=403),
        act("revise-text", "{held_up_pk}", CO_CHAIR), act("revise-text", "{held_up_pk}", MEMBER, status=403),
        act("object", "{tabled_pk}", NOBODY, status=404), act("no-such-act", "1", status=404),
    ],
    "enact:receipt": [*seen(f"{LIVE}/receipts/{{receipt}}", f"{LIVE}/receipts/{{receipt}}?again=1", who=SECRETARIAT),
                      *(Example(f"{LIVE}/receipts/{{receipt_of_{which}}}", SECRETARIAT)
                        for which in ("correction", "office", "taking_back")),
                      *(Example(f"{LIVE}/receipts/{{receipt_of_{which}}}", MEMBER) for which in ("objection", "late")),
                      *wrong(f"{LIVE}/receipts/{{receipt}}")],
    "enact:by-mail": [
        *seen(*(f"/{GROUP}/by-mail/{{link_{one}}}" for one in ("object", "agree", "used"))),
        *wrong(f"/{GROUP}/by-mail/{{link_over}}", 410),
    ],
    "parties:letters-off": form("/accounts/letters/off/{switched_off}", who=VISITOR),
    "parties:invitation": [*form("/accounts/invitation/{token}", who=VISITOR), *wrong("/accounts/invitation/over")],
    "parties:profile": seen("/accounts/profile", "/accounts/profile?saved=profile", who=SECRETARIAT),
    "parties:address": [*form("/accounts/address", who=OFFICER), *seen("/accounts/address", who=SECRETARIAT)],
    "parties:address-confirm": [*seen("/accounts/address/{change}", who=OFFICER),
                                *wrong("/accounts/address/over", who=OFFICER)],
    "parties:close": [*seen("/accounts/close", who=OFFICER), *seen("/accounts/close", who=SECRETARIAT)],
    "parties:closed": seen("/accounts/closed"),
    "parties:acting": [*seen("/accounts/acting", who=SECRETARIAT), *seen("/accounts/acting", who=NOBODY)],
    "account_login": form("/accounts/login/", who=VISITOR),
    "account_logout": seen("/accounts/logout/", who=SECRETARIAT),
    "account_inactive": seen("/accounts/inactive/"),
    "account_signup": wrong("/accounts/signup/"),
    "account_reauthenticate": form("/accounts/reauthenticate/"),
    "account_change_password": form("/accounts/password/change/"),
    "account_set_password": form("/accounts/password/set/", who=WITHOUT_PASSWORD),
    "account_reset_password": form("/accounts/password/reset/", who=VISITOR),
    "account_reset_password_done": seen("/accounts/password/reset/done/"),
    "account_reset_password_from_key": seen("/accounts/password/reset/key/1-set-password/"),
    "account_reset_password_from_key_done": seen("/accounts/password/reset/key/done/"),
    "mfa_index": [*seen("/accounts/2fa/", who=SECRETARIAT), *seen("/accounts/2fa/", who=CO_CHAIR)],
    "mfa_reauthenticate": form("/accounts/2fa/reauthenticate/"),
    "mfa_activate_totp": form("/accounts/2fa/totp/activate/", who=CO_CHAIR),
    "mfa_deactivate_totp": seen("/accounts/2fa/totp/deactivate/", who=SECRETARIAT),
    "mfa_view_recovery_codes": seen("/accounts/2fa/recovery-codes/", who=SECRETARIAT),
    "mfa_generate_recovery_codes": seen("/accounts/2fa/recovery-codes/generate/", who=SECRETARIAT),
    "mfa_list_webauthn": [*seen("/accounts/2fa/webauthn/", who=SECRETARIAT),
                          *seen("/accounts/2fa/webauthn/", who=CO_CHAIR)],
    "mfa_add_webauthn": seen("/accounts/2fa/webauthn/add/", who=SECRETARIAT),
    "mfa_reauthenticate_webauthn": seen("/accounts/2fa/webauthn/reauthenticate/", who=SECRETARIAT),
    "mfa_remove_webauthn": seen("/accounts/2fa/webauthn/keys/{passkey}/remove/", who=SECRETARIAT),
    "mfa_edit_webauthn": form("/accounts/2fa/webauthn/keys/{passkey}/edit/"),
    "usersessions_list": [*seen("/accounts/sessions/", who=SECRETARIAT),
                          *wrong("/accounts/sessions/?sort=none", 400, who=SECRETARIAT)],
    "demonstration": seen("/demonstration"),
    "demonstration-mail": [*seen("/demonstration/mail", who=SECRETARIAT), *seen("/demonstration/mail", who=NOBODY),
                           *wrong("/demonstration/mail?sort=none&to=nobody", 400, who=SECRETARIAT)],
    "demonstration-letter": [*seen("/demonstration/mail/{letter}", who=SECRETARIAT),
                             *wrong("/demonstration/mail/0", who=SECRETARIAT)],
}  # fmt: skip

# Looked at by a test of its own.
WALKED_TO = {"mfa_authenticate": "stands between password and desk"}
NO_PAGE = {
    "call": "answers calls, with JSON",
    "demonstration-sign-in": "takes a form and leads to the desk",
    "demonstration-move-on": "takes a form and leads to the proposal",
    "account_email": "leads to the profile",
    "mfa_login_webauthn": "takes a passkey and leads to the desk",
    "mfa_download_recovery_codes": "a file",
    "enact:permissions-csv": "leads to the file",
    "enact:receipt-file": "a file",
    "file": "a file",
    "deadlines": "a calendar",
    "healthz": "for machines",
    "parties:calendar": "takes a button and leads to the profile",
    "look-colours": "a style sheet",
    "look-icon": "a picture",
    "look-sheet": "a style sheet",
    "look-parts": "the page of all parts; tests/look/test_pictures.py looks at it",
    "decisions:atom": "a feed",
    "meetings:atom": "a feed",
    "outputs:atom": "a feed",
    "meetings:calendar": "a calendar",
    "meetings:event-calendar": "a calendar",
    "record:checkpoint": "a file of the log",
    "record:tile": "a file of the log",
    "record:vkey": "a file of the log",
    "record:vkeys": "a file of the log",
    "site-files:entry-leaf": "a file",
    "site-files:entry-proof": "a file",
    "site-files:sitemap": "for machines",
}
