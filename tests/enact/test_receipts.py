"""Receipts, and what of an act stands in the record: enough to check it off line, nothing that is nobody's business."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test import Client

from enact.scenes import Scene, done
from onevoice.decisions.acts.proposals import WithdrawProposal
from onevoice.decisions.acts.register import UnpublishDecision
from onevoice.enact.models import Performed
from onevoice.groups.acts.people import EnterAppointment
from onevoice.meetings.acts.convening import CancelMeeting, PostponeMeeting
from onevoice.meetings.acts.room import DeclareAdopted, Object
from onevoice.parties.models import Person
from onevoice.record import stored, tiles, verify
from onevoice.record.append import erase
from onevoice.record.models import Entry, Opening
from onevoice.record.sequencer import place_pending
from today import YEAR

REASON = "Paragraph 3 exceeds our mandate."


@pytest.fixture(autouse=True)
def keys(settings: Any, tmp_path: Path) -> None:
    settings.KEYS_FOLDER = tmp_path / "keys"


def objected(scene: Scene) -> Performed:
    return done(scene.icat.ilo.does(Object, scene.proposal, reason=REASON)).performed


def page_of(performed: Performed, who: Any, end: str = "") -> Any:
    client = who.signs_in(Client()) if who else Client()
    return client.get(f"/icat/receipts/{performed.key}{end}")


# Who sees a receipt -------------------------------------------------------------------------------------------


def test_a_receipt_is_for_who_acted_and_the_own_organisation(scene: Scene) -> None:
    icat, performed = scene.icat, objected(scene)
    colleague = icat.sends(icat.ilo.organisation, "Contributor", "contributor")
    who = {
        "self": icat.ilo, "colleague": colleague, "chair": icat.osce, "secretariat": icat.unodc,
        "elsewhere": icat.neighbour.mallory, "visitor": None,
    }  # fmt: skip
    seen = {name: page_of(performed, one).status_code for name, one in who.items()}
    hidden = dict.fromkeys(("chair", "secretariat", "elsewhere", "visitor"), 404)
    assert seen == {"self": 200, "colleague": 200, **hidden}


def test_who_acts_for_the_same_organisation_in_another_group_does_not_see_it(scene: Scene) -> None:
    other = scene.icat.neighbour
    other.delegations["ilo"] = type(scene.icat.ilo)(other, other.group, scene.icat.ilo.organisation)
    elsewhere = other.sends(scene.icat.ilo.organisation, "Elsewhere")
    performed = objected(scene)
    assert [page_of(performed, elsewhere, end).status_code for end in ("", "/file")] == [404, 404]


def test_who_acted_keeps_the_receipt_when_the_appointment_has_ended(committed: Scene) -> None:
    from onevoice.groups.acts.people import HandOverFocalPoint

    performed = objected(committed)
    named = {"full_name": "Successor", "address": "successor@example.org", "language": "en"}
    done(committed.icat.ilo.does(HandOverFocalPoint, committed.icat.group, **named))
    place_pending()
    page = page_of(performed, committed.icat.ilo)
    assert page.status_code == 200
    assert "Plan of work" not in page.text  # what the group sees is no longer theirs to see
    assert page_of(performed, committed.icat.ilo, "/file").status_code == 200


def test_the_file_of_a_demonstrations_receipt_says_so_by_its_name(committed: Scene) -> None:
    performed = objected(committed)
    place_pending()
    group = committed.icat.group
    type(group).objects.filter(pk=group.pk).update(demonstration=True)
    name = page_of(performed, committed.icat.ilo, "/file")["Content-Disposition"]
    assert name.startswith('attachment; filename="demonstration-icat-receipt-')


# Being placed, then placed, and checked off line -----------------------------------------------------------------


def test_a_receipt_says_that_it_is_being_placed_and_then_its_entry(committed: Scene) -> None:
    performed = objected(committed)
    before = page_of(performed, committed.icat.ilo)
    assert "Being placed: this takes about a second." in before.text
    assert "Keep the receipt as a file" not in before.text
    assert page_of(performed, committed.icat.ilo, "/file").status_code == 404
    place_pending()
    number = performed.entry.placement.index  # type: ignore[union-attr]
    after = page_of(performed, committed.icat.ilo)
    assert f'<a href="/icat/record/entries/{number}">Entry {number}</a>' in after.text
    assert "Being placed" not in after.text


def kept(scene: Scene, performed: Performed, who: Any, folder: Path) -> tuple[str, str]:
    """The receipt's file and the group's published key, as somebody keeps them."""
    answer = page_of(performed, who, "/file")
    assert answer.status_code == 200
    (folder / "receipt.tlog-proof").write_bytes(answer.content)
    (folder / "vkey").write_bytes(Client().get("/icat/record/vkey").content)
    return str(folder / "receipt.tlog-proof"), str(folder / "vkey")


def test_the_file_of_a_receipt_is_checked_off_line(committed: Scene, tmp_path: Path, capsys: Any) -> None:
    performed = objected(committed)
    place_pending()
    file, vkey = kept(committed, performed, committed.icat.ilo, tmp_path)
    assert verify.main([file, "--vkey", vkey]) == 0
    said = capsys.readouterr().out
    assert "meetings.object" in said and "for: ilo" in said and "IN ORDER." in said


def test_a_receipt_in_which_a_letter_was_changed_is_not_in_order(committed: Scene, tmp_path: Path) -> None:
    import base64

    performed = objected(committed)
    place_pending()
    file, vkey = kept(committed, performed, committed.icat.ilo, tmp_path)
    lines = Path(file).read_text().split("\n")
    extra = base64.b64decode(lines[1].removeprefix("extra "))
    changed = extra.replace(b'"for":"ilo"', b'"for":"osc"')
    assert changed != extra
    lines[1] = "extra " + base64.b64encode(changed).decode()
    Path(file).write_text("\n".join(lines))
    assert verify.main([file, "--vkey", vkey]) == 1


def test_a_working_act_has_a_receipt_without_a_place(scene: Scene) -> None:
    from onevoice.groups.acts.people import Appoint, InviteAgain

    named = {"full_name": "Invited", "address": "invited@example.org", "language": "en"}
    row = done(scene.icat.ilo.does(Appoint, scene.icat.group, capacity="contributor", **named)).result
    performed = done(scene.icat.ilo.does(InviteAgain, scene.icat.group, appointment=str(row.pk))).performed
    page = page_of(performed, scene.icat.ilo)
    assert (page.status_code, performed.entry) == (200, None)
    assert "Place in the record" not in page.text
    assert page_of(performed, scene.icat.ilo, "/file").status_code == 404


# What stands in the log --------------------------------------------------------------------------------------------


def log_bytes(group: str = "icat") -> bytes:
    """All that the log serves, as anybody fetches it."""
    client, head = Client(), stored.head(group)
    assert head is not None
    paths = ["checkpoint", "vkey", *(tile.path for tile in tiles.all_tiles(head.size))]
    return b"\n".join(client.get(f"/{group}/record/{path}").content for path in paths)


def test_an_act_on_what_is_the_groups_is_one_commitment_in_the_log_and_nothing_else(committed: Scene) -> None:
    performed = objected(committed)
    place_pending()
    leaf = bytes(performed.entry.leaf)  # type: ignore[union-attr]
    assert re.fullmatch(rb'\{"commitment":"[0-9a-f]{64}"\}', leaf)
    content = log_bytes()
    assert leaf in content
    for secret in ("ilo", "ILO", "meetings.object", "object", "decisions.proposal", f"P/{YEAR}/1", REASON,
                   "Plan of work", performed.facts["text_hash"], performed.key, "Focal point"):  # fmt: skip
        assert secret.encode() not in content, secret


def test_all_sealed_entries_are_alike(committed: Scene) -> None:
    objected(committed)
    committed.proposed(title="Another", text="x" * 10_000)
    leaves = [bytes(entry.leaf) for entry in Entry.objects.filter(public=False)]
    assert len(leaves) > 3 and len({len(leaf) for leaf in leaves}) == 1


def test_what_the_pages_of_the_record_say_of_a_sealed_entry_is_as_little(committed: Scene) -> None:
    performed = objected(committed)
    place_pending()
    number = performed.entry.placement.index  # type: ignore[union-attr]
    addresses = (f"entries/{number}", f"entries/{number}/leaf", f"entries/{number}/proof")
    pages = [Client().get(f"/icat/record/{address}") for address in addresses]
    pages.append(Client().get("/icat/record"))
    assert [page.status_code for page in pages] == [200, 200, 200, 200]
    for page in pages:
        shown = re.sub(r"<option.*?</option>", "", page.content.decode())  # the list offers every act there is
        found = [word for word in ("ILO", "meetings.object", f"P/{YEAR}/1", REASON) if word in shown]
        assert found == []


def test_an_act_on_something_public_can_be_read_in_the_log(committed: Scene) -> None:
    committed.proposal = committed.proposed(public="on")
    performed = done(committed.icat.osce.does(DeclareAdopted, committed.called())).performed
    place_pending()
    leaf = json.loads(bytes(performed.entry.leaf))  # type: ignore[union-attr]
    assert (leaf["act"], leaf["for"], leaf["facts"]["number"]) == ("meetings.declare_adopted", "osce", f"{YEAR}/1")
    assert set(leaf["personal"]) == {"by", "roster"}
    assert bytes(performed.entry.leaf) in log_bytes()  # type: ignore[union-attr]


def test_no_persons_name_address_or_words_stand_in_the_log(committed: Scene) -> None:
    icat = committed.icat
    private = ["Ada Lovelace", "ada-lovelace", "ada@example.org", "Their letter of 3 March", "Because of the heating"]
    given = {"organisation": "icmpd", "capacity": "alternate", "full_name": private[0], "address": private[2]}
    done(icat.unodc.does(EnterAppointment, icat.group, **given, language="en", message=private[3]))
    later = {"day": "2049-02-01", "begins": "15:00", "ends": "17:00", "why": private[4]}
    done(icat.osce.does(PostponeMeeting, committed.meeting, **later))
    place_pending()
    content = log_bytes()
    persons = [value for pair in Person.objects.values_list("slug", "name") for value in pair]
    assert [word for word in (*private, *persons) if word.encode() in content] == []


def test_what_was_typed_as_the_reason_of_an_act_is_kept_with_it(scene: Scene) -> None:
    icat = scene.icat
    scene.proposal = scene.proposed(public="on")
    decision = done(icat.osce.does(DeclareAdopted, scene.called())).result
    withdrawn, later = scene.proposed(), {"day": "2049-02-01", "begins": "15:00", "ends": "17:00"}
    acts = [
        icat.osce.does(PostponeMeeting, scene.meeting, **later, why="Reason one"),
        icat.osce.does(CancelMeeting, scene.meeting, why="Reason two"),
        icat.unodc.does(UnpublishDecision, decision, why="Reason three"),
    ]
    openings = [Opening.objects.get(entry=done(act).performed.entry, name="why").value for act in acts]
    assert openings == ["Reason one", "Reason two", "Reason three"]
    done(icat.unicef.does(WithdrawProposal, withdrawn, why="Reason four"))
    assert withdrawn.withdrawal.why == "Reason four"


def test_erasing_an_opening_leaves_the_log_and_the_receipt_verifiable(committed: Scene, tmp_path: Path) -> None:
    icat = committed.icat
    named = {"full_name": "Ada Lovelace", "address": "ada@example.org", "language": "en"}
    given = {"organisation": "icmpd", "capacity": "alternate", "message": "Their letter", **named}
    performed = done(icat.unodc.does(EnterAppointment, icat.group, **given)).performed
    place_pending()
    whole = page_of(performed, icat.unodc, "/file").content
    assert erase(performed.entry, ["message", "person"]) == 2  # type: ignore[arg-type]
    objected(committed)
    place_pending()
    file, vkey = kept(committed, performed, icat.unodc, tmp_path)
    assert verify.main([file, "--vkey", vkey]) == 0
    erased = Path(file).read_bytes()
    import base64

    def extra(content: bytes) -> str:
        return base64.b64decode(content.split(b"\n")[1].removeprefix(b"extra ")).decode()

    assert "Their letter" in extra(whole) and "Their letter" not in extra(erased)
    assert verify.main([str(fetched(tmp_path / "log")), "--vkey", vkey]) == 0


def fetched(folder: Path) -> Path:
    from record.database import fetched as fetch

    return fetch("icat", folder)


# What the database forbids -------------------------------------------------------------------------------------------

CHANGES = [
    f"{statement} {table}"
    for table in ("enact_performed", "record_entry", "record_placement", "record_checkpoint", "decisions_objection",
                  "decisions_callforobjections", "decisions_proposalwithdrawal", "groups_appointment")
    for statement in ("delete from", "truncate")
] + [
    "update enact_performed set organisation = null", "update enact_performed set once = once || 'x'",
    "update record_entry set act = 'another'", "update record_entry set public = true",
    "update record_opening set value = '1'", "truncate record_opening",
    "update decisions_objection set reason = ''", "update groups_appointment set capacity = 'principal'",
    "insert into record_placement (entry_id, \"group\", index) values (1, 'icat', 99)",
    "alter table enact_performed add column x int", "drop table record_entry",
    "alter table record_entry disable trigger all", "set role onevoice_owner",
    "create table x ()", "create or replace function record_stays() returns trigger language sql as 'select null'",
]  # fmt: skip


@pytest.mark.parametrize("statement", CHANGES)
def test_the_applications_login_cannot_change_what_was_done(scene: Scene, statement: str) -> None:
    objected(scene)
    before = list(Performed.objects.order_by("pk").values()), list(Entry.objects.order_by("pk").values())
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (list(Performed.objects.order_by("pk").values()), list(Entry.objects.order_by("pk").values())) == before


def test_these_tests_run_as_the_application(scene: Scene) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper, rolcreatedb, rolbypassrls from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == ("onevoice_app", False, False, False)
