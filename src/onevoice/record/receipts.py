"""Proofs and receipts: what one keeps of an act, to be checked off line by anyone, with nobody's help."""

from collections.abc import Iterable

from onevoice.record import merkle, notes, proofs, stored
from onevoice.record.canonical import canonical
from onevoice.record.models import Entry, Opening, Placement


def proof_of(entry: Entry) -> bytes | None:
    """The tlog-proof that the entry is in its log; None while it is being placed."""
    proof = _proof(entry)
    return proof.encode() if proof else None


def receipt_of(entry: Entry, openings: Iterable[Opening] | None = None) -> bytes | None:
    """The same proof with the act in it and what opens its commitments (all that remain, unless named).

    Who may see an opening is for the caller to say: a receipt shows what it opens.
    """
    proof = _proof(entry)
    if proof is None:
        return None
    shown = entry.openings.order_by("name") if openings is None else openings
    extra = {
        "leaf": bytes(entry.leaf).decode(),
        "openings": [{"name": o.name, "salt": bytes(o.salt).hex(), "value": o.value} for o in shown],
        "vkey": _signed_by(entry.group, proof.checkpoint),
    }
    return proofs.Proof(proof.index, proof.hashes, proof.checkpoint, canonical(extra)).encode()


def _signed_by(group: str, note: bytes) -> str:
    """The key of this head: just after a change it is still the former one."""
    _, signed = notes.open_note(note, [notes.Verifier.parse(vkey) for vkey in stored.vkeys(group)])
    return signed[0].vkey


def _proof(entry: Entry) -> proofs.Proof | None:
    placed = Placement.objects.filter(entry=entry).first()
    head = stored.head(entry.group)
    if placed is None or head is None or placed.index >= head.size:
        return None
    path = merkle.inclusion_proof(placed.index, head.size, stored.subtrees(entry.group, head.size))
    return proofs.Proof(placed.index, tuple(path), bytes(head.note))
