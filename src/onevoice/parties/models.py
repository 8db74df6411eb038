"""Organisations, States, persons, accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from onevoice.claims.models import Basis, DatedFact, Fact
from onevoice.look.former import SOMEBODY_WHO_LEFT


class OrganisationKind(models.TextChoices):
    """What sort of organisation it is."""

    UN = "un", "UN entity"
    INTERGOVERNMENTAL = "intergovernmental", "other intergovernmental organisation"
    REGIONAL = "regional", "regional organisation"
    PARTNER = "partner", "partner"


class Organisation(models.Model):
    """A UN entity, other international or regional organisation, or partner. `slug` is its permanent address."""

    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    web = models.URLField(max_length=300, blank=True)
    invented = models.BooleanField(default=False)  # made up for a demonstration; never shown outside one

    class Meta:
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return self.slug

    def name(self, *, at: datetime | None = None) -> OrganisationName | None:
        """The name in force at an instant (else the latest); reads the prefetched `names`."""
        names = sorted((n for n in self.names.all() if n.standing), key=lambda n: n.period.lower is not None)
        held = [n for n in names if at is not None and at in n.period]
        return (held or names or [None])[-1]

    def words(self, *, at: datetime | None = None) -> dict[str, Any]:
        name = self.name(at=at)
        return name.names if name else {"en": self.slug}

    def acronym(self, *, at: datetime | None = None) -> dict[str, Any]:
        name = self.name(at=at)
        return (name.acronyms if name else {}) or self.words(at=at)


class OrganisationName(DatedFact):
    """What an organisation was called over a period: full name and acronym, as Words."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="names")
    names = models.JSONField()
    acronyms = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="one_name_at_a_time",
                expressions=[("organisation", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(standing=True, basis=Basis.STATED),
                deferrable=models.Deferrable.DEFERRED,
            )
        ]


class Succession(Fact):
    """One organisation became part of another; what the first held passes to the second.

    Of one organisation one succession stands; a correction supersedes it. `when_written` is a partial date.
    """

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="predecessors")
    when_written = models.CharField(max_length=10, blank=True)
    note = models.JSONField(default=dict, blank=True)
    standing = models.BooleanField(default=True, db_default=True, editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(predecessor=models.F("successor")), name="succeeds_another"),
            # Deferred, as for dated facts: what supersedes is there a moment before the old one no longer stands.
            ExclusionConstraint(
                name="becomes_part_of_one",
                expressions=[("predecessor", RangeOperators.EQUAL)],
                condition=Q(standing=True),
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]


class StateKind(models.TextChoices):
    """How a State stands to the United Nations."""

    MEMBER = "member", "Member State"
    OBSERVER = "observer", "non-member observer State"


class State(models.Model):
    """A UN Member State or observer State, with the codes and the names that the United Nations uses."""

    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=8, choices=StateKind.choices)
    m49 = models.CharField(max_length=3, unique=True)
    alpha2 = models.CharField(max_length=2, unique=True)
    alpha3 = models.CharField(max_length=3, unique=True)
    names = models.JSONField()
    formal_name = models.CharField(max_length=200, blank=True)
    admitted = models.DateField(null=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["m49"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(m49__regex=r"^[0-9]{3}$"), name="m49_has_three_digits"),
        ]

    def __str__(self) -> str:
        return self.slug


class Person(models.Model):
    """A human being, with one account at most. What they may do comes from appointments, never from here.

    Who has left and asked to be forgotten has `left_at`, and no name any more; see accounts/leaving.py.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    role_only = models.BooleanField(default=False)  # a role of the demonstration, not a human being
    left_at = models.DateTimeField(null=True, editable=False)

    @property
    def called(self) -> str:
        """The name, or in the reader's language that the person has left."""
        return str(SOMEBODY_WHO_LEFT) if self.left_at else self.name

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; addresses are compared without case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """How a person signs in. It gives no right by itself: rights come from the person's appointments."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="en")
    zone = models.CharField(max_length=64, blank=True)  # empty: the seat's
    notices = models.BooleanField(
        default=True
    )  # letters that may be switched off; invitations and security may not
    calendar = models.CharField(max_length=22, default="", db_default="", blank=True)  # of the secret feed's address
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calendar"], condition=~Q(calendar=""), name="one_calendar")
        ]

    objects = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.email


class Invitation(models.Model):
    """A person is asked to make an account at an address. Of the link's token only the hash is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, default="en")
    token_hash = models.CharField(max_length=64, blank=True)  # SHA-256, hexadecimal; empty: not sent yet
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.CharField(max_length=200)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint("token_hash", condition=~Q(token_hash=""), name="one_invitation_a_token"),
            models.UniqueConstraint(
                "email", condition=Q(used_at__isnull=True), name="one_open_invitation_an_address"
            ),
        ]


class FactorLost(models.Model):
    """An administrator says that a person has lost the second factor; two different ones take it away."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="factor_lost")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled = models.BooleanField(default=False)  # the factor was taken away on the strength of this

    class Meta:
        ordering: ClassVar = ["pk"]


class AddressChange(models.Model):
    """A person asks to sign in by another address. Of the letter's token only the hash is kept.

    The row stays when it is confirmed, as who changed which address when, until the account is closed.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="address_changes")
    former = models.EmailField(max_length=254)
    email = models.EmailField(max_length=254)
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256, hexadecimal
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]


INSERT_ONLY = (OrganisationName, Succession)
