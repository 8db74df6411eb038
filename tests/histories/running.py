"""`./onevoice histories`: many random histories, product against model, on two processes; it can be resumed."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path

from . import comparing, faults

CHUNK, PROCESSES, SECONDS_BETWEEN_LINES = 500, 2, 10.0
Finding = tuple[int, str]


@dataclass
class Progress:
    """How far a run is: histories done from its first seed on, and the seeds at which something was wrong."""

    seed: int
    fault: str | None
    done: int = 0
    seconds: float = 0.0
    found: list[Finding] = field(default_factory=list)

    @classmethod
    def read(cls, file: Path | None, seed: int, fault: str | None) -> Progress:
        """From the file of an earlier run with the same seed and fault; else from nothing."""
        if file is None or not file.exists():
            return cls(seed, fault)
        kept = cls(**json.loads(file.read_text(encoding="utf-8")))
        if (kept.seed, kept.fault) != (seed, fault):
            raise SystemExit(f"{file} is of another run (seed {kept.seed}): name another file, or that seed.")
        kept.found = [(int(where), what) for where, what in kept.found]
        return kept

    def write(self, file: Path | None) -> None:
        """Keep it, whole or not at all."""
        if file is not None:
            beside = file.with_name(file.name + ".new")
            beside.write_text(json.dumps(asdict(self)), encoding="utf-8")
            beside.replace(file)

    def __str__(self) -> str:
        rate = self.done / self.seconds if self.seconds else 0
        return f"{self.done:,} histories, {len(self.found)} differences, {rate:,.0f} histories/s"


def one_chunk(work: tuple[int, int, str | None]) -> tuple[int, list[Finding]]:
    """Seeds from, to; what was wrong at which."""
    first, last, fault = work
    found: list[Finding] = []
    with faults.planted(fault) if fault else nullcontext():
        for seed in range(first, last):
            try:
                checked = comparing.check(seed)
            except Exception as error:  # the case is told, whatever went wrong with it
                found.append((seed, repr(error)))
                continue
            if checked:
                found.append((seed, checked[2]))
    return last - first, found


def chunks(progress: Progress, count: int) -> Iterator[tuple[int, int, str | None]]:
    """What is still to be done."""
    first, last = progress.seed + progress.done, progress.seed + count
    for start in range(first, last, CHUNK):
        yield start, min(start + CHUNK, last), progress.fault


def run(progress: Progress, count: int, file: Path | None) -> None:
    """Everything that is still to be done; a planted fault ends it where it is found."""
    told, before, began = time.monotonic(), progress.seconds, time.monotonic()
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        for done, found in pool.imap(one_chunk, chunks(progress, count)):
            progress.done += done
            progress.found += found
            progress.seconds = before + time.monotonic() - began
            progress.write(file)
            if progress.fault and progress.found:
                return
            if time.monotonic() - told > SECONDS_BETWEEN_LINES:
                told = time.monotonic()
                print(progress, flush=True)


def show(finding: Finding) -> None:
    """The smallest case that is wrong in the same way, as JSON."""
    seed, reason = finding
    checked = comparing.check(seed)
    if checked is None:
        print(f"Seed {seed}: {reason}")
        return
    case, at, reason = checked
    case, at = comparing.shrunk(case, at, reason, seed)
    differences = {
        key: {"model": expected, "product": found}
        for key, (expected, found) in comparing.differences(case, at).items()
    }
    told = {"seed": seed, "wrong": reason, "at": at.isoformat(), "differences": differences, "case": case}
    print(json.dumps(told, indent=1, ensure_ascii=False))


def main(words: Sequence[str]) -> int:
    """Run, print the figures, and give 1 where something was wrong."""
    parser = argparse.ArgumentParser(prog="onevoice histories", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="how many histories (20000)")
    parser.add_argument(
        "--seed", type=int, default=0, help="the seed of the first; each next one is one more (0)"
    )
    parser.add_argument(
        "--resume", type=Path, metavar="FILE", help="keep how far it is there, and go on from there"
    )
    parser.add_argument("--fault", choices=sorted(faults.FAULTS), help="plant this fault, and see it found")
    asked = parser.parse_args(words)
    progress = Progress.read(asked.resume, asked.seed, asked.fault)
    run(progress, asked.count, asked.resume)
    if progress.found:
        with faults.planted(asked.fault) if asked.fault else nullcontext():
            show(min(progress.found))
    print(progress)
    return int(bool(progress.found))
