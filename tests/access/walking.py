"""One row of the matrix, walked by one role, and taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from access.house import INSIDE, NEIGHBOURS, PRIVATE, SECRETS, House, uploaded
from access.matrix import Row, result_of, words_of
from onevoice.enact.act import all_acts
from onevoice.enact.subjects import group_of

# Machine writes that are no acts, made by reading; named in each room's jobs.py or visits.
SESSION = dict.fromkeys(
    # A key to be confirmed, or what was asked before signing in (or giving one's password again), waits in the session.
    (
        "mfa_activate_totp", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_login_webauthn", "account_logout",
        "account_reset_password_from_key", "mfa_generate_recovery_codes", "mfa_remove_webauthn", "mfa_edit_webauthn",
    ),
    {"django_session"},
)  # fmt: skip
NOTES = SESSION | {
    "desk:desk": {"enact_visit"},
    # That the reader has opened the page of a procedure is noted of the notices of it, and what follows is queued.
    "decisions:proposal": {"notices_delivery", "procrastinate_jobs", "procrastinate_events"},
    "enact:by-mail": {"parties_attempts"},
    # The library writes recovery codes anew, encrypted as it does now, when they are first shown.
    "mfa_view_recovery_codes": {"mfa_authenticator"},
    "mfa_download_recovery_codes": {"mfa_authenticator"},
}
# Whoever has the address is the one it was made for.
BY_ADDRESS = ("parties:invitation", "enact:by-mail", "deadlines")
WRITTEN = "select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables"


def writes() -> dict[str, int]:
    """How many rows of each table this transaction has written so far, those it took back included."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return dict(cursor.fetchall())


def sent(house: House, row: Row, role: str) -> Any:
    """The answer to a row: a page read, a form opened or sent, a call."""
    client = house.client(role)
    if not row.is_act:
        address = house.address(row.where)
        if row.how == "sends":
            return client.post(address, row.data(house.names))
        answer = client.get(address)
        return client.get(f"{address}/") if answer.headers.get("Location") == f"{address}/" else answer
    act = next(act for act in all_acts() if act.name == row.what)
    subject = house.names[row.where]
    words = [group_of(subject).slug, act.slug, subject.pk]
    inputs = {name: _sendable(value) for name, value in house.inputs_of(act.name, role).items()}
    if row.how == "calls" and any(hasattr(value, "read") for value in inputs.values()):
        return client.post(reverse("call", args=words), {**inputs, "once": f"matrix {row.line} {role}"})
    if row.how == "calls":
        body = {"inputs": inputs, "once": f"matrix {row.line} {role}"}
        return client.post(reverse("call", args=words), body, content_type="application/json")
    address = reverse("enact:act", args=words)
    if row.how == "opens the form":
        return client.get(address)
    # Whoever has no appointment here sends UNICEF's: the form's word is never taken for it.
    actor = house.actor(role) or house.actor("member")
    return client.post(
        address, {**inputs, "once": f"matrix {row.line} {role}", "as": actor.appointment, "seen": ""}
    )


def _sendable(value: Any) -> Any:
    return uploaded(value) if isinstance(value, bytes) else value


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done meanwhile is taken back; what is received first commits by itself, but not here."""
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]
    with whole:
        yield
        transaction.set_rollback(True)


def walked(house: House, row: Row, role: str) -> dict[str, Any]:
    """What happened, as the test compares it: the word, what leaked, which tables changed."""
    with undone():
        before = writes()
        answer = sent(house, row, role)
        said = words_of(answer)
        changed = {table for table, count in writes().items() if count != before.get(table, 0)}
    return {
        "result": result_of(answer, SECRETS.get(row.secret, ""), what=row.what),
        "leaks": [secret for secret in not_for(role, row, house) if secret in said],
        "changed": changed
        - NOTES.get(row.what, set())
        - ({"parties_attempts"} if row.how == "sends" else set()),
        "said": said,
        "unsaid": answer.status_code in (401, 403) and not sentence_in(answer),
    }


def sentence_in(answer: Any) -> bool:
    """Whether a refusal says why: in the notice of a page, or in the sentence of a call."""
    if answer.headers["Content-Type"].startswith("application/problem+json"):
        said = str(json.loads(answer.content).get("detail", ""))
    else:
        found = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
        said = re.sub(r"<[^>]*>", " ", found[0]) if found else ""
    return len(said.split()) > 4 and "." in said


def not_for(role: str, row: Row, house: House) -> list[str]:
    """What this role may read nowhere at all."""
    secrets = list(PRIVATE)
    if row.what.startswith(("parties:", "account_", "mfa_")) or row.is_act:
        secrets.remove("@example.org")  # one's own address, and what one has just typed
    if role != "elsewhere":
        secrets += NEIGHBOURS
    if role not in INSIDE and row.what not in BY_ADDRESS:
        secrets += [*SECRETS.values(), "Hidden "]
    return secrets
