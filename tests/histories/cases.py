"""Random cases: seeded, over all rule files, with most of what happens near the ends.

`case(seed)` gives a case as docs/procedure.md describes it, `instants(case, seed)` the instants to ask about.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from . import model

Data = dict[str, Any]
BODIES = sorted(path.stem for path in (model.SHIPPED / "bodies").glob("*.toml"))
OFTEN = ["icat-principals", "icat-working-group", "iso-ballot", "wto", "opcw", "imo-tacit", "w3c", "unfccc"]
NAMES = (
    "CBSS",
    "CTBTO",
    "ICMPD",
    "ILO",
    "IOM",
    "OAS",
    "OHCHR",
    "OSCE",
    "UNAIDS",
    "UNHCR",
    "UNICEF",
    "UNODC",
    "WHO",
)
ROLES = ("chair", "secretariat", "member", "observer", "editor")
CAPACITIES = ("principal", "focal point", "alternate", "delegate")
KINDS = ("procedural", "joint statement", "decision", "amendment", "standard", "substance", "a", "resolution")
POSITIONS = (
    "reservation", "interpretative statement", "explanation of position", "dissociation", "concern",
    "not joining the endorsers", "no logo",
)  # fmt: skip
ZONES = (
    *("Europe/Vienna",) * 8, "America/New_York", "UTC", "Asia/Beirut", "Australia/Lord_Howe", "America/Santiago",
)  # fmt: skip
MICRO = timedelta(microseconds=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# ---- Rules: what a value may be. Each function takes the random source.

Choice = Callable[[Random], Any]


def one_of(*values: Any) -> Choice:
    """One of these; a value that stands twice comes twice as often."""
    return lambda random: random.choice(values)


def some_of(*values: Any) -> Choice:
    """A list of some of these, at least one."""
    return lambda random: random.sample(values, random.randint(1, len(values)))


def maybe(choice: Choice, *otherwise: Any) -> Choice:
    """Mostly this, sometimes none."""
    return lambda random: random.choice(otherwise or ("none",)) if random.random() < 0.35 else choice(random)


def length(*hours: int) -> Choice:
    """A length of any unit, of about so many hours."""
    return lambda random: random.choice(
        [{"hours": random.choice(hours)}] * 3
        + [{"days": random.randint(1, 4)}, {"working_days": random.randint(1, 4)}, {"weeks": 1}]
    )  # fmt: skip


SHARES = ("1/4", "1/3", "1/2", "2/3", "3/4")
TRUTH = one_of(True, False)
YES = one_of(True, True, True, False)
VALUES: dict[str, Choice] = {
    "scope.kinds": maybe(some_of(*KINDS)),
    "scope.excluded": one_of("none", "none", "none", ["a"], ["resolution", "substance"]),
    "scope.valid_from": one_of(*("none",) * 12, "2026-03-29", "2026-12-01"),
    "scope.valid_until": one_of(*("none",) * 12, "2027-03-28", "2026-12-31"),
    "start.by": some_of(*ROLES[:3]),
    "start.consulted": one_of("none", "none", "the Committee"),
    "start.agreed_in_meeting": one_of(True, False, False),
    "start.languages": maybe(some_of("en", "fr", "ar")),
    "start.complete": TRUTH,
    "voice.deciders": one_of(["member"], ["member"], ["member", "partner"], ["member", "observer", "partner"]),
    "voice.weight": one_of("one", "given"),
    "voice.basis": one_of("all", "all", "present", "registered", "active"),
    "voice.quorum": one_of("none", "none", 1, 2, 3, "1/3", "1/2", "2/3"),
    "voice.active_support": one_of("none", "none", "none", 1, 2, "1/4", "1/2"),
    "voice.levels": some_of(*CAPACITIES),
    "ballot.for_at_least": one_of(*SHARES, "1/2", "2/3"),
    "ballot.of": one_of("cast", "members", "present", "weight"),
    "ballot.against_at_most": maybe(one_of("1/4", "1/3", "1/2")),
    "ballot.abstentions_count": TRUTH,
    "clock.minimum": maybe(length(1, 24, 72)),
    "clock.closing": maybe(one_of("17:00:00", "12:00:00", "00:00:00", "23:59:59", "02:30:00")),
    "clock.ends_on_day_off": TRUTH,
    "clock.edge": one_of("late", "in time"),
    "extension.by": maybe(some_of(*ROLES[:3])),
    "extension.at_request_of": one_of("none", 1, 1, 2, 3),
    "extension.each": maybe(length(1, 24, 48)),
    "extension.times": one_of("none", 0, 1, 1, 2, 5),
    "extension.total": maybe(length(96, 200, 400)),
    "extension.outage_over": maybe(one_of({"hours": 1}, {"hours": 1}, {"hours": 6}, {"days": 1})),
    "extension.outage_in_last": maybe(one_of({"hours": 24}, {"hours": 24}, {"hours": 3}, {"days": 2}, {"weeks": 1})),
    "extension.outage_adds": maybe(length(1, 6, 24)),
    "objection.form": maybe(one_of("written", "letter", "spoken", "negative vote")),
    "objection.levels": some_of(*CAPACITIES),
    "objection.reasons": TRUTH,
    "objection.paragraphs": TRUTH,
    "objection.wording": TRUTH,
    "objection.completed_within": maybe(length(1, 24)),
    "objection.joint": one_of("on the word of one", "on the word of one", "confirmed by each", "none"),
    "objection.amendment_counts": YES,
    "objection.withdrawn_until": one_of(
        "expiry", "expiry", "expiry", "announcement", "next meeting", "a later date", "none"
    ),
    "objection.after_withdrawal": one_of("resumes", "resumes", "restarts"),
    "blocking.threshold": one_of(1, 1, 1, 2, 3, *SHARES, "judged", "sustained", "none"),
    "blocking.of": one_of("members", "weight", "cast", "present"),
    "blocking.effect": one_of(
        "fails", "suspends", "suspends", "reopens named paragraphs", "goes to a meeting", "goes to a vote",
        "goes to the next level", "defers, then a vote", "must be addressed",
    ),
    "blocking.deferred_by": length(1, 24),
    "revision.restart": one_of("full", "short", "short", "none"),
    "revision.length": length(1, 24, 24),
    "revision.rounds": one_of("none", 0, 1, 1, 2, 3),
    "revision.then": one_of("meeting", "next level", "not adopted"),
    "revision.correction": one_of("with notice", "with notice", "restart", "none"),
    "positions.kinds": maybe(some_of(*POSITIONS)),
    "positions.before": YES,
    "positions.after": maybe(length(1, 24, 100)),
    "outcome.silence_means": one_of("consent", "consent", "consent", "abstention", "neither"),
    "outcome.verb": one_of("adopted", "endorsed", "approved", "accepted", "took note"),
    "outcome.without_agreement": one_of("none", "took note"),
    "outcome.effective": one_of("expiry", "announcement", "next meeting", "a later date"),
    "outcome.override": maybe(
        some_of("consensus minus one", "consensus minus two", "chair records dissent", "vote", "council")
    ),
    "outcome.next_level": one_of("Principals", "Principals", "none"),
    "outcome.within": maybe(length(24, 100)),
    "outcome.reopened_by": maybe(some_of(*ROLES[:3])),
    "outcome.new_information": TRUTH,
    "notices.undelivered_counts": one_of(False, False, True),
}  # fmt: skip
NEEDED = (
    "start.by", "voice.deciders", "voice.basis", "objection.amendment_counts", "blocking.threshold",
    "blocking.effect", "outcome.silence_means", "outcome.effective",
)  # fmt: skip
BALLOT = ("ballot.for_at_least", "ballot.of", "ballot.against_at_most", "ballot.abstentions_count")


@lru_cache
def as_written(body: str) -> Data:
    """A body's rules as data, times and days in quotation marks."""
    return strings(model.shipped("bodies", body))  # type: ignore[no-any-return]


def strings(value: Any) -> Any:
    """The same, as JSON can hold it."""
    if isinstance(value, dict):
        return {key: strings(one) for key, one in value.items()}
    if isinstance(value, list):
        return [strings(one) for one in value]
    return value.isoformat() if isinstance(value, date | time) else value


def copied(rules: Data) -> Data:
    """Rules whose values may be set without touching these."""
    return {name: dict(part) if isinstance(part, dict) else part for name, part in rules.items()}


def value_of(rules: Data, name: str) -> Any:
    """What rules say of one value."""
    section, _, key = name.partition(".")
    part = rules.get(section, "unset")
    return part.get(key, "unset") if isinstance(part, dict) else part


def rules_of(random: Random) -> tuple[str | Data, Data, Data]:
    """Rules for a case: the name or the table, what is assumed, and both together for whoever asks."""
    body = random.choice(BODIES + OFTEN)
    rules = copied(as_written(body))
    varied = random.random() < 0.3
    if varied:
        vary(rules, random)
    assumed = {
        name: choice(random)
        for name, choice in VALUES.items()
        if value_of(rules, name) == "unset" and (name in NEEDED or name in BALLOT or random.random() < 0.6)
    }
    whole = copied(rules)
    for name, value in assumed.items():
        section, _, key = name.partition(".")
        whole[section][key] = value
    agree(whole, assumed, rules if varied else None)
    return rules if varied else body, assumed, whole


def vary(rules: Data, random: Random) -> None:
    """Change some values that the source does say; sometimes the mode, then with a ballot at hand."""
    if random.random() < 0.4:
        rules["mode"] = random.choice(
            ("silence", "silence", "tacit acceptance", "consensus in meeting", "chair judges", "ballot")
        )
    if not isinstance(rules.get("ballot"), dict):
        rules["ballot"] = {}
        for name in BALLOT:
            rules["ballot"][name.partition(".")[2]] = VALUES[name](random)
    for name, choice in VALUES.items():
        section, _, key = name.partition(".")
        if random.random() < 0.25 and isinstance(rules.get(section), dict):
            rules[section][key] = choice(random)
    if random.random() < 0.4:
        rules["blocking"]["effect"] = random.choice(("goes to a meeting", "suspends", "defers, then a vote"))
        rules["blocking"]["threshold"] = random.choice((1, 1, 2))
    if random.random() < 0.25:  # tonnage or shares, as nearly no source has it
        rules["voice"]["weight"] = "given"
        rules["blocking"] |= {"threshold": random.choice(SHARES), "of": "weight"}
        rules["ballot"]["of"] = random.choice(("weight", "members", "cast"))


def agree(whole: Data, assumed: Data, rules: Data | None) -> None:
    """Take out what no body could run with: a share of nothing, a way to a vote or upwards that leads nowhere."""

    def put(name: str, value: Any) -> None:
        section, _, key = name.partition(".")
        whole[section][key] = value
        if rules is not None:  # a table must agree with itself before anything is assumed
            rules[section][key] = value
            assumed.pop(name, None)
        else:
            assumed[name] = value

    def says(name: str) -> Any:
        return value_of(whole, name)

    def nothing(name: str) -> bool:
        return says(name) in ("none", "unset")

    held = says("blocking.effect") in ("suspends", "reopens named paragraphs")
    votes = says("blocking.effect") in ("goes to a vote", "defers, then a vote")
    lengths = [says(name) for name in ("clock.minimum", "extension.each", "revision.length")]
    if says("blocking.threshold") in SHARES and nothing("blocking.of"):
        put("blocking.of", "members")
    if whole["mode"] == "tacit acceptance" and says("blocking.threshold") in ("judged", "sustained"):
        put("blocking.threshold", 1)
    if set(says("voice.deciders")) & set(says("voice.commenters")) - {"none", "unset"}:
        put("voice.deciders", ["member"])
    if votes and not isinstance(whole.get("ballot"), dict):
        put("blocking.effect", "suspends")
    if "vote" in says("outcome.override") and not isinstance(whole.get("ballot"), dict):
        put("outcome.override", [one for one in says("outcome.override") if one != "vote"] or "none")
    if says("blocking.effect") == "defers, then a vote" and nothing("blocking.deferred_by"):
        put("blocking.deferred_by", {"hours": 24})
    if says("revision.restart") == "short" and nothing("revision.length"):
        put("revision.length", {"hours": 24})
    if says("revision.restart") == "none" and says("objection.withdrawn_until") == "none" and held:
        put("objection.withdrawn_until", "expiry")
    if isinstance(says("revision.rounds"), int) and nothing("revision.then"):
        put("revision.then", "meeting")
    if "next level" in (says("revision.then"), says("blocking.effect")[-10:]) and nothing(
        "outcome.next_level"
    ):
        put("outcome.next_level", "Principals")
    if isinstance(says("extension.each"), dict) and says("extension.times") in ("none", 0):
        put("extension.times", 1)
    total = says("extension.total")
    settable = rules is not None or "extension.total" in assumed
    if (
        settable
        and isinstance(total, dict)
        and any(about(one) > about(total, 24) for one in lengths if isinstance(one, dict))
    ):
        put("extension.total", {"weeks": 6})
    outage = [f"extension.outage_{key}" for key in ("over", "in_last", "adds")]
    given = [says(name) for name in outage if isinstance(says(name), dict)]
    whole_set = len(given) == 3 and about(given[0]) < about(given[1])
    if given and (rules is not None or not whole_set):
        for name, hours, value in zip(outage, (1, 24, 24), given if whole_set else [None] * 3, strict=True):
            put(name, value or {"hours": hours})
    if says("outcome.effective") == "next meeting" and nothing("outcome.confirmed"):
        put("outcome.confirmed", "announced")


def about(one: Data, working_day: int = 72) -> timedelta:
    """A length as elapsed time, a working day being so many hours."""
    ((unit, number),) = one.items()
    return timedelta(hours=working_day * number) if unit == "working_days" else model.elapsed(one)


# ---- A history


class History:
    """One history while it is written: instants first, then what happened at each."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.named, self.assumed, self.rules = rules_of(self.random)
        self.zone = ZoneInfo(self.random.choice(ZONES))
        self.start_at = self.an_instant()
        self.members = self.random.sample(NAMES, self.random.choice((3, 3, 3, 4, 4, 5, 6, 8, 12)))
        self.roster = [self.seat(member) for member in self.members]
        self.actors = [*self.members, *self.members, "Newcomer"]
        self.calendar = self.random.choice(("vienna",) * 9 + ("new-york", "geneva", None))
        self.hashes = ["a1"]
        self.objections: list[tuple[str, str]] = []
        self.seconds: list[str] = []
        self.entered: list[tuple[str, str]] = []
        self.voters: list[str] = []
        self.voting, self.just_enough = 0, False
        self.events: list[Data] = []

    def says(self, name: str) -> Any:
        """What the rule says of a value."""
        return value_of(self.rules, name)

    def likely(self, share: float) -> bool:
        """Whether something happens that happens so often."""
        return self.random.random() < share

    def an_instant(self) -> datetime:
        """A start: near a change of clocks, a year's end or holidays, at a telling time of day."""
        random = self.random
        day = random.choice(
            (date(2026, 3, 27), date(2026, 10, 22), date(2027, 3, 26), date(2026, 12, 22), date(2026, 12, 30),
             date(2028, 2, 25), date(2028, 12, 20), date(2023, 4, 5), date(2026, 4, 1), date(2025, 12, 29))
        )  # fmt: skip
        if random.random() < 0.5:
            day = date(2026, 1, 1) + timedelta(days=random.randrange(1000))
        day += timedelta(days=random.randrange(5))
        at = random.choice(
            (
                time(10),
                time(10),
                time(),
                time(17),
                time(16, 59, 59, 999999),
                time(2, 30),
                time(9, 0, 0, 1),
                time(12),
            )
        )
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)

    def seat(self, member: str) -> Data:
        """A seat with class, weight and marks, mostly plain."""
        random, seat = self.random, {"member": member}
        if random.random() < 0.15:
            seat["class"] = random.choice(("member", "observer", "partner"))
        if random.random() < (0.9 if self.says("voice.weight") == "given" else 0.2):
            seat["weight"] = random.randint(1, 9)
        marks = [mark for mark in ("registered", "active", "present") if random.random() < 0.75]
        return {**seat, "in": marks} if marks else seat

    # -- the start

    def length(self) -> Data:
        """A length that a clock is given; often the least that is allowed."""
        minimum = self.says("clock.minimum")
        if isinstance(minimum, dict) and self.likely(0.7):
            ((unit, number),) = minimum.items()
            return {unit: number + self.random.choice((0, 0, 1))}
        return VALUES_OF_LENGTH(self.random)

    def started(self, at: datetime) -> Data:
        """A start that mostly counts."""
        by, kinds = self.says("start.by"), self.says("scope.kinds")
        event: Data = {
            "by": self.role(by),
            "kind": self.random.choice(kinds if isinstance(kinds, list) and self.likely(0.97) else KINDS),
            "text": self.text("a1"), "complete": self.likely(0.97), "agreed": self.likely(0.97),
            "consulted": self.likely(0.97), "languages": ["en", "fr", "es", "ar", "ru", "zh"],
        }  # fmt: skip
        if self.likely(0.03):
            event["languages"] = ["en"]
        if self.says("outcome.effective") == "a later date" and self.likely(0.97):
            later = at.astimezone(self.zone).date() + timedelta(days=self.random.choice((0, 1, 5, 30, 300)))
            event["effective"] = later.isoformat()
        meeting, chair = self.rules["mode"] == "consensus in meeting", self.rules["mode"] == "chair judges"
        if not (meeting and self.likely(0.98)) and not (chair and self.likely(0.6)) and self.likely(0.98):
            if self.likely(0.7):
                event["length"] = self.length()
            else:
                event["until"] = self.written(
                    self.near(at + self.random.choice((DAY, 3 * DAY, 7 * DAY, 30 * DAY)))
                )
                if self.likely(0.03):
                    event["until"] = self.written(at + self.random.choice((-HOUR, 0 * HOUR, HOUR)))
        return {key: value for key, value in event.items() if value is not False}

    def role(self, allowed: Any) -> str:
        """A role, mostly one that may."""
        if isinstance(allowed, list) and allowed and self.likely(0.93):
            return self.random.choice(allowed)  # type: ignore[no-any-return]
        return "chair" if self.likely(0.7) else self.random.choice(ROLES)

    def text(self, name: str) -> Data:
        """A text with its hash."""
        words = {
            str(n): self.random.choice(("May", "June", "July")) for n in range(1, self.random.randint(2, 4))
        }
        return {"hash": name, "paragraphs": words}

    def new_text(self) -> Data:
        """Another text."""
        self.hashes.append(f"a{len(self.hashes) + 1}")
        return self.text(self.hashes[-1])

    def end_of(self, start: Data, at: datetime) -> datetime:
        """Where the first clock ends, roughly: around it most things happen."""
        if "until" in start:
            return model.utc(start["until"])
        if "length" not in start:
            return at + 2 * DAY
        calendar = model.calendar_named(self.calendar) if self.calendar else model.NO_CALENDAR
        closing = self.says("clock.closing")
        return model.deadline(
            start["length"], at, self.zone, calendar,
            None if closing in ("none", "unset") else time.fromisoformat(closing),
            self.says("clock.ends_on_day_off") is not False,
        )  # fmt: skip

    def near(self, at: datetime) -> datetime:
        """That very instant, a microsecond beside it, the last minute, or a little later."""
        random = self.random
        return at + random.choice((
            0 * MICRO, 0 * MICRO, MICRO, -MICRO, MICRO, -MICRO, timedelta(seconds=-random.randrange(1, 60)), HOUR,
            timedelta(minutes=random.randrange(1, 600)),
        ))  # fmt: skip

    def written(self, at: datetime) -> str:
        """An instant after RFC 9557, in the zone of the case."""
        return f"{at.astimezone(self.zone).isoformat()}[{self.zone.key}]"

    # -- the rest

    def write(self) -> Data:
        """The whole case: what happened before the start, the start, and what happened then."""
        self.before_the_start()
        start = self.started(self.start_at)
        self.add("started", self.start_at, start)
        if self.likely(0.05):  # one that may come to nothing is followed by another
            self.start_at += self.random.choice((0 * MICRO, HOUR))
            start = self.started(self.start_at)
            self.add("started", self.start_at, start)
        self.end = self.end_of(start, self.start_at)
        drafts = sorted(self.drafts(), key=lambda draft: draft[0])
        self.later = [at for at, _ in drafts]
        if self.rules["mode"] == "ballot" and self.likely(0.6):  # each member votes once, or most do
            voters = self.random.sample(self.members, len(self.members))
            self.voters = voters[: self.random.randint(2, len(voters))]
            self.voting, self.just_enough = len(self.voters), self.likely(0.4)
            drafts = sorted(
                drafts + [(self.when("mid"), "voted") for _ in self.voters], key=lambda draft: draft[0]
            )
        guided = self.likely(0.3)
        for at, what in drafts:
            if guided and self.likely(0.6):
                what = self.fitting(at, what)
            self.add(what, at, getattr(self, "a_" + what.replace(" ", "_"))(at))
        return self.case()

    def fitting(self, at: datetime, what: str) -> str:
        """What would matter in the state that it is in by then."""
        state = model.outcome(self.case(), at)["state"]
        return self.random.choice(FITTING[state]) if state in FITTING else what

    def case(self) -> Data:
        """The case as it is written so far."""
        one: Data = {"format": 1, "rules": self.named, "assumed": self.assumed, "roster": self.roster}
        return {**one, **({"calendar": self.calendar} if self.calendar else {}), "events": self.events}

    def add(self, what: str, at: datetime, event: Data) -> None:
        """One more event."""
        self.events.append({"id": f"e{len(self.events) + 1}", "at": self.written(at), "what": what, **event})

    def before_the_start(self) -> None:
        """Seldom something happens before."""
        while self.likely(0.12):
            what = self.random.choice(
                ("left", "admitted", "present", "outage", "unreached", "objected", "announced", "withdrew", "absent",
                 "completed", "supported", "voted", "extended", "revised", "corrected", "taken back", "asked",
                 "stated", "confirmed", "judged", "put", "ballot", "settled", "reopened", "met", "escalated")
            )  # fmt: skip
            self.end, self.later = self.start_at + DAY, []
            self.add(what, self.start_at - self.random.choice((HOUR, DAY, 0 * DAY)),
                     getattr(self, "a_" + what.replace(" ", "_"))(self.start_at))  # fmt: skip

    def drafts(self) -> list[tuple[datetime, str]]:
        """When what happens: some stories, and whatever else; then some instants tied to others."""
        random = self.random
        found: list[tuple[datetime, str]] = []
        for story in random.sample(STORIES, random.choice((1, 1, 2, 2, 3))):
            found += [(self.when(hint), what) for hint, what in story]
        if self.rules["mode"] in ("consensus in meeting", "chair judges"):
            found += [(self.when(random.choice(("near", "mid"))), "put")] * random.choice((0, 1, 1, 2))
        found += [
            (self.when(random.choice(HINTS)), random.choice(ANYTHING)) for _ in range(random.randrange(9))
        ]
        random.shuffle(found)
        return [self.tied(draft, found) for draft in found[:24]]

    def when(self, hint: str) -> datetime:
        """Early, in between, near the end, or after it."""
        random, whole = self.random, self.end - self.start_at
        if hint == "early":
            return self.start_at + random.choice((0 * MICRO, MICRO, HOUR, whole * random.random() / 4))
        if hint == "mid":
            return self.start_at + whole * random.random()
        if hint == "near":
            return self.near(self.end)
        return self.end + random.choice((HOUR, DAY, 2 * DAY, 7 * DAY)) * random.random()

    def tied(self, draft: tuple[datetime, str], drafts: list[tuple[datetime, str]]) -> tuple[datetime, str]:
        """Sometimes at a second clock's end after another event, or beside it."""
        if not self.likely(0.15):
            return draft
        spans = [
            self.says(name) for name in (
                "blocking.deferred_by", "objection.completed_within", "positions.after", "revision.length",
                "clock.minimum", "extension.each", "extension.outage_adds",
            )
        ]  # fmt: skip
        spans = [one for one in spans if isinstance(one, dict) and "working_days" not in one]
        span = model.elapsed(self.random.choice(spans)) if spans else DAY
        other = self.random.choice([at for at, _ in drafts] + [self.end])
        return other + span + self.random.choice((0, 1, -1)) * MICRO, draft[1]

    def afterwards(self, at: datetime) -> str:
        """An instant after this one: often that of a later event, or beside it."""
        if self.later and self.likely(0.5):
            return self.written(self.random.choice(self.later) + self.random.choice((0, 0, 1, -1)) * MICRO)
        if self.likely(0.2):
            return self.written(self.near(self.end))
        return self.written(
            at + self.random.choice((HOUR, DAY, 3 * DAY, 10 * DAY, -HOUR if self.likely(0.1) else DAY))
        )

    def member(self, among: list[str] | None = None) -> Data:
        """A member that acts, sometimes in a capacity."""
        who = self.random.choice(among) if among and self.likely(0.9) else self.random.choice(self.actors)
        return {"member": who} | ({"capacity": self.random.choice(CAPACITIES)} if self.likely(0.12) else {})

    def objection(self) -> tuple[Data, str]:
        """An objection that was made, mostly, and by whom."""
        if self.objections and self.likely(0.94):
            name, maker = self.random.choice(self.objections[-2:] if self.likely(0.8) else self.objections)
            return {"objection": name}, maker
        return {"objection": self.random.choice(("e1", "e9", "e0"))}, self.random.choice(self.members)

    def contents(self) -> Data:
        """Reasons, paragraphs and wording, often not all."""
        parts = {"reasons": "Not May.", "paragraphs": ["1"], "wording": "June"}
        return {key: value for key, value in parts.items() if self.likely(0.6)}

    def a_objected(self, at: datetime) -> Data:
        self.objections.append((f"e{len(self.events) + 1}", ""))
        event = self.member() | self.contents()
        self.objections[-1] = (self.objections[-1][0], event["member"])
        if self.likely(0.25):
            event["for"] = self.random.sample(self.members, self.random.randint(1, min(3, len(self.members))))
        if self.likely(0.25):
            form = self.says("objection.form")
            event["form"] = form if form not in ("none", "unset") and self.likely(0.7) else "letter"
        if self.likely(0.4):
            event["text"] = self.hashes[-1] if self.likely(0.7) else self.random.choice(("a1", "a0"))
        if self.likely(0.2):  # it was entered for the member, some time after it came
            before = self.random.choice((0 * MICRO, HOUR, DAY))
            event["came"] = self.written(min(at, self.near(self.end)) - before)
            self.entered.append(self.objections[-1])
        return event

    def a_struck(self, at: datetime) -> Data:
        name, maker = self.random.choice(self.entered) if self.entered else ("e2", self.random.choice(self.members))
        return self.member([maker]) | {"objection": name}

    def a_amended(self, at: datetime) -> Data:
        return self.a_objected(at)

    def a_joined(self, at: datetime) -> Data:
        return self.member() | self.objection()[0]

    def a_completed(self, at: datetime) -> Data:
        objection, maker = self.objection()
        return self.member([maker]) | objection | self.contents()

    def a_withdrew(self, at: datetime) -> Data:
        objection, maker = self.objection()
        return self.member([maker] * 2 * len(self.members) + self.members) | objection

    def a_asked(self, at: datetime) -> Data:
        return self.member()

    def a_extended(self, at: datetime) -> Data:
        event: Data = {"by": self.role(self.says("extension.by"))}
        return event | ({"until": self.afterwards(max(at, self.end))} if self.likely(0.4) else {})

    def a_revised(self, at: datetime) -> Data:
        event: Data = {"by": self.role(self.says("start.by")), "text": self.new_text()}
        return event | ({"until": self.afterwards(at)} if self.likely(0.25) else {})

    def a_corrected(self, at: datetime) -> Data:
        return {"by": self.role(self.says("start.by")), "text": self.new_text()}

    def a_stated(self, at: datetime) -> Data:
        kinds = self.says("positions.kinds")
        kinds = kinds if isinstance(kinds, list) and self.likely(0.9) else POSITIONS
        return self.member() | {"position": self.random.choice(kinds), "paragraphs": ["1"]}

    def a_ad_referendum(self, at: datetime) -> Data:
        event = self.member()
        self.seconds.append(event["member"])
        return event | {"until": self.afterwards(at)}

    def a_confirmed(self, at: datetime) -> Data:
        return self.member(self.seconds)

    def a_refused(self, at: datetime) -> Data:
        return self.member(self.seconds)

    def a_conditional(self, at: datetime) -> Data:
        names = self.random.sample(("1", "2", "3"), self.random.choice((0, 1, 1, 2)))
        return self.member() | {"paragraphs": {name: self.random.choice(("May", "June")) for name in names}}

    def a_supported(self, at: datetime) -> Data:
        return self.member()

    def a_reached(self, at: datetime) -> Data:
        return {"member": self.random.choice(self.members)}

    def a_unreached(self, at: datetime) -> Data:
        return {"member": self.random.choice(self.members)}

    def a_present(self, at: datetime) -> Data:
        return {"members": [member for member in self.members if self.likely(0.8)]}

    def a_ballot(self, at: datetime) -> Data:
        return {"by": self.role(["chair", "secretariat"]), "until": self.afterwards(at)}

    def a_voted(self, at: datetime) -> Data:
        vote = self.random.choice(("for", "for", "for", "against", "abstain"))
        if not self.voters:
            return self.member() | {"vote": vote}
        who = self.voters.pop()
        if self.just_enough:  # the share is met to the vote
            share = model.Fraction(self.says("ballot.for_at_least"))
            vote = "for" if len(self.voters) < share * self.voting else "against"
        return {"member": who, "vote": vote}

    def a_put(self, at: datetime) -> Data:
        override = self.random.choice(("consensus minus one", "consensus minus two"))
        return {"by": self.role(["chair"])} | ({"override": override} if self.likely(0.3) else {})

    def a_judged(self, at: datetime) -> Data:
        verdict = self.random.choice(
            ("consensus", "dissent", "no consensus", "set aside", "set aside", "sustained")
        )
        if self.likely(0.7) and any(one.get("verdict") == "sustained" for one in self.events):
            verdict = "consensus"
        event: Data = {"by": self.role(["chair"]), "verdict": verdict, "reasons": "Heard by all."}
        if self.likely(0.04):
            event["reasons"] = ""
        return event | (self.objection()[0] if verdict in ("set aside", "sustained") else {})

    def a_escalated(self, at: datetime) -> Data:
        return {"by": self.role(["chair"])}

    def a_settled(self, at: datetime) -> Data:
        return {"verdict": self.random.choice(("adopted", "not adopted"))}

    def a_absent(self, at: datetime) -> Data:
        return {"by": self.role(["chair", "secretariat"]), "members": self.random.sample(self.members, 2)}

    def a_left(self, at: datetime) -> Data:
        how = self.random.choice(("withdrew", "suspended", "merged", "merged"))
        event = {"member": self.random.choice(self.members), "how": how}
        return event | (
            {"into": self.random.choice(self.members if self.likely(0.7) else self.actors)}
            if how == "merged" and self.likely(0.95)
            else {}
        )

    def a_admitted(self, at: datetime) -> Data:
        self.actors += ["Newcomer"] * (len(self.actors) // 2)
        return {"member": self.random.choice(["Newcomer", *self.members])}

    def a_taken_back(self, at: datetime) -> Data:
        return {"by": self.role(self.says("start.by"))}

    def a_announced(self, at: datetime) -> Data:
        return {"by": self.role(["chair", "secretariat"])}

    def a_met(self, at: datetime) -> Data:
        return {}

    def a_reopened(self, at: datetime) -> Data:
        who = self.member() if self.likely(0.5) else {"by": self.role(self.says("outcome.reopened_by"))}
        who.pop("capacity", None)
        return who | ({"new_information": True} if self.likely(0.6) else {})

    def a_outage(self, at: datetime) -> Data:
        random = self.random
        parts = (timedelta(minutes=40), HOUR, HOUR + MICRO, 2 * HOUR, 6 * HOUR)
        since = random.choice((at, self.end, self.end, self.end)) - random.choice(parts)
        old = [event["since"] for event in self.events if event["what"] == "outage"]
        event = {"since": random.choice(old) if old and self.likely(0.25) else self.written(since)}
        if self.likely(0.8):
            event["until"] = self.written(model.utc(event["since"]) + random.choice((*parts, 7 * HOUR)))
        return event

    def a_started(self, at: datetime) -> Data:
        return self.started(at)


VALUES_OF_LENGTH = length(1, 24, 72, 73)
HINTS = ("early", "mid", "mid", "near", "near", "near", "after")
STORIES: tuple[tuple[tuple[str, str], ...], ...] = (
    (("mid", "objected"),),
    (("near", "objected"),),
    (("near", "objected"), ("near", "objected")),
    (("mid", "objected"), ("mid", "withdrew")),
    (("mid", "objected"), ("mid", "joined"), ("near", "withdrew"), ("near", "withdrew")),
    (("mid", "objected"), ("mid", "completed"), ("after", "judged")),
    (("mid", "amended"), ("mid", "revised")),
    (("mid", "objected"), ("mid", "revised"), ("near", "objected"), ("after", "revised")),
    (("mid", "objected"), ("mid", "left"), ("near", "joined")),
    (("mid", "ad referendum"), ("mid", "ad referendum"), ("after", "confirmed"), ("after", "refused")),
    (("mid", "ad referendum"), ("mid", "refused"), ("after", "confirmed")),
    (("mid", "conditional"), ("mid", "conditional"), ("near", "revised")),
    (("mid", "objected"), ("after", "ballot"), ("after", "voted"), ("after", "voted"), ("after", "voted")),
    (("mid", "voted"), ("mid", "voted"), ("near", "voted"), ("near", "voted"), ("near", "voted")),
    (("mid", "supported"), ("mid", "supported"), ("near", "supported")),
    (("early", "unreached"), ("early", "unreached"), ("after", "reached"), ("after", "absent"), ("after", "objected")),
    (("early", "unreached"), ("mid", "unreached"), ("after", "reached"), ("after", "reached"), ("after", "objected")),
    (("early", "unreached"), ("mid", "reached"), ("mid", "absent")),
    (("mid", "asked"), ("mid", "asked"), ("near", "extended")),
    (("near", "extended"), ("near", "asked"), ("near", "objected")),
    (("mid", "outage"), ("near", "outage"), ("after", "outage"), ("near", "objected")),
    (("mid", "outage"), ("mid", "outage"), ("near", "objected")),
    (("mid", "objected"), ("mid", "withdrew"), ("near", "objected")),
    (("early", "left"), ("mid", "voted"), ("mid", "voted"), ("near", "voted")),
    (("near", "judged"), ("after", "judged"), ("after", "judged")),
    (("mid", "objected"), ("after", "judged"), ("after", "judged"), ("after", "put"), ("after", "judged")),
    (("mid", "objected"), ("after", "escalated"), ("after", "settled")),
    (("after", "announced"), ("after", "met"), ("after", "reopened"), ("after", "stated")),
    (("mid", "stated"), ("near", "stated"), ("after", "stated"), ("after", "reopened")),
    (("mid", "present"), ("near", "objected"), ("mid", "corrected")),
    (("mid", "taken back"), ("near", "objected")),
    (("mid", "objected"), ("near", "put"), ("after", "judged"), ("after", "judged"), ("after", "judged")),
    (("mid", "objected"), ("mid", "objected"), ("mid", "objected"), ("mid", "struck"), ("mid", "struck")),
    (("mid", "objected"), ("after", "objected"), ("after", "struck"), ("after", "objected"), ("after", "struck")),
    (("early", "admitted"), ("mid", "objected"), ("near", "objected"), ("mid", "supported")),
)  # fmt: skip
FITTING = {
    "open": ("put", "put", "judged", "objected", "conditional", "ad referendum", "left"),
    "running": (
        "objected",
        "joined",
        "withdrew",
        "extended",
        "asked",
        "ad referendum",
        "unreached",
        "left",
        "amended",
    ),
    "held up": (
        "withdrew",
        "withdrew",
        "judged",
        "left",
        "revised",
        "conditional",
        "escalated",
        "joined",
        "put",
        "struck",
    ),
    "waiting": (
        "reached",
        "reached",
        "absent",
        "objected",
        "left",
        "unreached",
        "withdrew",
        "refused",
        "joined",
    ),
    "deferred": ("withdrew", "objected", "left", "joined", "ad referendum"),
    "to a vote": ("ballot", "ballot", "withdrew", "left", "objected", "struck"),
    "voting": ("voted", "voted", "voted", "voted", "left", "extended", "asked", "outage"),
    "with the chair": ("judged", "judged", "revised", "escalated", "withdrew", "corrected", "refused"),
    "at the next level": ("settled", "withdrew", "met", "refused"),
    "to a meeting": ("settled", "escalated", "withdrew", "left", "objected"),
    "adopted ad referendum": ("confirmed", "confirmed", "refused", "left", "announced", "stated"),
    "adopted": ("announced", "met", "reopened", "stated", "objected"),
    "not adopted": ("reopened", "stated", "announced", "completed"),
}
ANYTHING = (
    "reached", "unreached", "present", "objected", "objected", "amended", "joined", "joined", "completed", "withdrew",
    "withdrew", "asked", "extended", "revised", "corrected", "stated", "ad referendum", "confirmed", "refused",
    "conditional", "supported", "ballot", "voted", "put", "judged", "escalated", "settled", "absent", "left", "left",
    "admitted", "taken back", "announced", "met", "reopened", "outage", "started",
)  # fmt: skip


def case(seed: int) -> Data:
    """The case of a seed."""
    return History(seed).write()


def instants(one: Data, seed: int, number: int = 3) -> list[datetime]:
    """Instants to ask about: near ends and events, and long after."""
    random = Random(-seed - 1)
    known = [model.utc(event[key]) for event in one["events"] for key in ("at", "until") if key in event]
    last = max(known)
    beside = [random.choice(known) + random.choice((0, 0, 1, -1)) * MICRO for _ in range(number - 1)]
    return [*beside, last + random.choice((60, 60, 60, 60, 60, 60, 60, 60, 60, 800)) * DAY]
