"""What the record stores. Rows are added, never changed; only openings may be removed, to erase a person.

Triggers refuse UPDATE, DELETE and TRUNCATE on all of it, the owner's included; the application's and the
sequencer's logins have no right to them in the first place.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models.functions import Cast, Now


class CurrentTransaction(models.Func):
    """The number of the database's transaction: tells the sequencer what it need not look at again."""

    template = "pg_current_xact_id()::text"
    output_field: ClassVar = models.TextField()


class Entry(models.Model):
    """One act as the log holds it: `leaf` is public for ever, the other columns find it again."""

    group = models.CharField(max_length=60)
    leaf = models.BinaryField()
    leaf_hash = models.BinaryField()
    act = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    public = models.BooleanField()
    created_at = models.DateTimeField(db_default=Now())
    transaction = models.BigIntegerField(db_default=Cast(CurrentTransaction(), models.BigIntegerField()))

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["group", "id"], name="record_entry_group"),
            models.Index(fields=["transaction"], name="record_entry_transaction"),
        ]


class Opening(models.Model):
    """What opens one commitment of an entry; removing it erases the value for good."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="openings")
    name = models.CharField(max_length=100)
    salt = models.BinaryField()
    value = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "name"], name="record_opening_once")
        ]


class Placement(models.Model):
    """Where an entry stands in its group's log; given once, by the sequencer."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="placement")
    group = models.CharField(max_length=60)
    index = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "index"], name="record_placement_order")
        ]


class Tile(models.Model):
    """A full tile of 256 hashes, and the hash over them; partial tiles are read from what they cover."""

    group = models.CharField(max_length=60)
    level = models.SmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()
    root = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "level", "number"], name="record_tile_once")
        ]


class Checkpoint(models.Model):
    """A signed head of a log. No size is ever signed twice, so no log can have two pasts."""

    group = models.CharField(max_length=60)
    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.BinaryField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "size"], name="record_checkpoint_once")
        ]


class LogKey(models.Model):
    """A public key of a group's log, numbered from 0; it signs until the next one is there."""

    group = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=200)
    vkey = models.CharField(max_length=400, unique=True)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "number"], name="record_logkey_order"),
            ExclusionConstraint(
                name="record_logkey_one_origin_a_group", expressions=[("group", "="), ("origin", "<>")]
            ),
            ExclusionConstraint(
                name="record_logkey_one_group_an_origin", expressions=[("origin", "="), ("group", "<>")]
            ),
        ]


INSERT_ONLY = (Entry, LogKey)
DELETABLE = (Opening,)
SEQUENCER_INSERTS = (Placement, Tile, Checkpoint)
