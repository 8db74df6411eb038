"""Signed notes and checkpoints: the specification's example, and what must be refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevoice.record import checkpoint, notes
from record.strategies import ORIGIN, SIGNER, flipped

# The example of C2SP signed-note.
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlT"
    "gK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()

# The example of C2SP tlog-checkpoint; its key is not given there.
CHECKPOINT = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1g"
    "GzGku9nTo+zyWE+xeMcTOAYQ8=\n"
).encode()

# The example key of Go's golang.org/x/mod/sumdb/note; its text, signed by that library.
GO_SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6K"
    "E6RyyBwJnAM=\n"
).encode()

HEAD = checkpoint.Head(ORIGIN, 3, bytes(32))


def test_the_example_note_of_the_specification_opens() -> None:
    text, signed = notes.open_note(NOTE, [notes.Verifier.parse(VKEY)])
    assert (text, [key.name for key in signed]) == ("This is an example message.\n", ["example.com/foo"])


def test_the_example_note_of_go_is_made_and_opens() -> None:
    signer = notes.Signer.parse(GO_SKEY)
    assert signer.verifier.vkey == GO_VKEY
    text, _ = notes.split(GO_NOTE)
    assert notes.sign(text, signer) == GO_NOTE
    assert notes.open_note(GO_NOTE, [notes.Verifier.parse(GO_VKEY)])[0] == text


def test_the_example_checkpoint_of_the_specification_reads_and_writes_back() -> None:
    text, _ = notes.split(CHECKPOINT)
    head = checkpoint.Head.parse(text)
    assert (head.origin, head.size, head.text) == ("example.com/behind-the-sofa", 20852163, text)


def test_a_key_reads_back() -> None:
    assert notes.Signer.parse(SIGNER.skey) == SIGNER
    assert notes.Verifier.parse(SIGNER.verifier.vkey) == SIGNER.verifier
    assert "seed" not in repr(SIGNER) and SIGNER.skey not in repr(SIGNER)


@given(st.integers(0))
def test_a_flipped_bit_in_a_note_fails(at: int) -> None:
    with pytest.raises(notes.NoteError):
        notes.open_note(flipped(NOTE, at), [notes.Verifier.parse(VKEY)])


@given(st.integers(0))
def test_a_flipped_bit_in_a_checkpoint_fails(at: int) -> None:
    note = checkpoint.sign(HEAD, SIGNER)
    assert checkpoint.open_checkpoint(note, [SIGNER.verifier]) == HEAD
    with pytest.raises(notes.NoteError):
        checkpoint.open_checkpoint(flipped(note, at), [SIGNER.verifier])


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    other = notes.Signer("other.example", bytes(32))
    note = checkpoint.sign(HEAD, other, SIGNER)
    assert checkpoint.open_checkpoint(note, [SIGNER.verifier]) == HEAD


def test_a_note_that_no_known_key_signed_is_refused() -> None:
    other = notes.Signer(ORIGIN, bytes(32))
    with pytest.raises(notes.NoteError, match="No known key"):
        checkpoint.open_checkpoint(checkpoint.sign(HEAD, other), [SIGNER.verifier])


def test_a_checkpoint_signed_under_another_name_than_its_origin_is_refused() -> None:
    other = notes.Signer("other.example", bytes(32))
    with pytest.raises(notes.NoteError, match="No known key of record.example/test"):
        checkpoint.open_checkpoint(checkpoint.sign(HEAD, other), [other.verifier])


@pytest.mark.parametrize("name", ["", "with space", "with+plus", "with\u00a0space", "with\nbreak"])
def test_a_key_name_that_a_line_cannot_carry_is_refused(name: str) -> None:
    with pytest.raises(notes.NoteError):
        notes.Signer.generate(name)


@pytest.mark.parametrize(
    "text",
    [
        "a\n1\n", "a\n01\nAAAA\n", "a\n-1\nAAAA\n", "a\n\u0661\nAAAA\n", "a\n1\nnot base64\n", "a\n1\nAAAA\n",
        "a\n1\n" + "A" * 43 + "=\n\n", "\n1\n" + "A" * 43 + "=\n", "a\n1\n" + "A" * 42 + "B=\n",
    ],
)  # fmt: skip
def test_a_text_that_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(notes.NoteError):
        checkpoint.Head.parse(text)
