"""The translations of the interface: found in the code, merged into locale/, compiled, checked.

1. Sentences are marked with `_()` and its kin in Python, and `{% translate %}` or `{% blocktranslate %}`.
2. `update_catalogues` writes locale/<language>/LC_MESSAGES/django.po: sorted, without places and dates, so
   that a change of a page changes only the lines of its sentences. What is no longer said is taken out.
3. `compile_catalogues` writes the .mo files that are read at run time, when the .po is newer.
4. `untranslated` is the check: complete, nothing vague, the same placeholders, the words of the glossary.

`python -m onevoice.languages.catalogue update|compile|check`
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from onevoice.languages.normal import folded

SOURCE: Final = Path(__file__).resolve().parent.parent
LOCALE: Final = SOURCE / "locale"
FOLDERS: Final = {"fr": "fr", "es": "es", "ar": "ar", "ru": "ru", "zh_Hans": "zh"}  # folder: key of content
KEYWORDS: Final[dict[str, Any]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>")


@dataclass(frozen=True, slots=True)
class Untranslated:
    """One sentence that a language lacks, or has wrongly, and why."""

    language: str
    sentence: str
    fault: str

    def __str__(self) -> str:
        return f"locale/{self.language}: {self.fault}: {self.sentence!r}"


def sentences() -> Catalog:
    """Every sentence marked in the code, each once."""
    found = Catalog(charset="utf-8")
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
            for message, comments, context in _in_file(path):
                found.add(message, auto_comments=comments, context=context)
    return found


def update_catalogues(folder: Path = LOCALE) -> None:
    """Writes each .po anew: translations kept, new sentences empty, old ones gone."""
    template = sentences()
    for name in FOLDERS:
        path = folder / name / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_written(_merged(template, read(name, folder), name)), encoding="utf-8")


def compile_catalogues(folder: Path = LOCALE) -> None:
    """Writes each .mo that is older than its .po; a reader never sees half a file."""
    for name in FOLDERS:
        source = folder / name / "LC_MESSAGES" / "django.po"
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        with BytesIO() as compiled:
            write_mo(compiled, read(name, folder))
            half = target.with_suffix(".mo.new")
            half.write_bytes(compiled.getvalue())
            half.replace(target)


def untranslated(folder: Path = LOCALE) -> list[Untranslated]:
    """What keeps the interface from being complete in the six languages."""
    template, alike = sentences(), _listed(folder / "same.txt")
    terms = glossary(SOURCE.parent.parent / "docs" / "glossary.md")
    found: list[Untranslated] = []
    for name, key in FOLDERS.items():
        catalogue = read(name, folder)
        for message in _messages(template):
            there = catalogue.get(message.id, context=message.context)
            faults = _faults(there, alike, terms.get(key, {})) if there else ["missing"]
            found += [Untranslated(name, _first(message.id), fault) for fault in faults]
        for message in _messages(catalogue):
            if template.get(message.id, context=message.context) is None:
                found.append(Untranslated(name, _first(message.id), "obsolete"))
        found += [
            Untranslated(name, _first(message.id), "obsolete") for message in catalogue.obsolete.values()
        ]
    return found


def read(name: str, folder: Path = LOCALE) -> Catalog:
    """A language's translations as they are now; empty where there are none yet."""
    path = folder / name / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=name, charset="utf-8")
    with path.open("rb") as opened:
        return read_po(opened, locale=name, charset="utf-8")


def glossary(path: Path) -> dict[str, dict[str, str]]:
    """The terms of docs/glossary.md: for each language, the English term in small letters and its word."""
    rows = [
        [cell.strip() for cell in line.strip("|\n ").split("|")]
        for line in _lines(path)
        if line.startswith("|")
    ]
    if not rows:
        return {}
    languages = rows[0]
    terms: dict[str, dict[str, str]] = {language: {} for language in languages[1:]}
    for row in rows[2:]:
        for language, word in zip(languages[1:], row[1:], strict=True):
            terms[language][row[0].casefold()] = word
    return terms


def _in_file(path: Path) -> Iterator[tuple[Any, list[str], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        if "templates" not in path.parts:
            return
        text = _as_python(text)
    for _, message, comments, context in extract(
        "python", BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        if message:
            yield message, list(comments), context


def _as_python(template: str) -> str:
    """A template as Python source that holds its sentences and nothing else."""
    from django.utils.translation.template import templatize

    return "\n".join(line.strip() for line in templatize(template).splitlines())


def _merged(template: Catalog, old: Catalog, name: str) -> Catalog:
    merged = Catalog(locale=name, charset="utf-8")
    for message in _messages(template):
        known = old.get(message.id, context=message.context)
        flags = {flag for flag in (known.flags if known else ()) if flag == "fuzzy"}
        merged.add(
            message.id,
            known.string if known else "",
            flags=flags,
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return merged


def _written(catalogue: Catalog) -> str:
    plural = get_plural(catalogue.locale)
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalogue.locale_identifier}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {plural}\\n"\n\n'
    )
    with BytesIO() as written:
        write_po(written, catalogue, width=100, no_location=True, omit_header=True, sort_output=True)
        return header + written.getvalue().decode()


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _faults(message: Message, alike: frozenset[str], terms: dict[str, str]) -> list[str]:
    said = _forms(message)
    checks: dict[str, Callable[[], bool]] = {
        "missing": lambda: not all(said),
        "fuzzy": lambda: message.fuzzy,
        "placeholders differ": lambda: all(said) and not _same_placeholders(message),
        "the same as its source": lambda: said[0] == _first(message.id) and said[0] not in alike,
        "not the word of docs/glossary.md": lambda: all(said) and not _as_glossary(message, said[0], terms),
    }
    return [fault for fault, is_so in checks.items() if is_so()]


def _same_placeholders(message: Message) -> bool:
    """Each form has the placeholders of the source; a form for one or two may leave the number out."""
    if isinstance(message.id, str):
        return _placeholders(message.id) == _placeholders(str(message.string))
    allowed, forms = _placeholders(message.id[1]), [_placeholders(form) for form in _forms(message)]
    return forms[-1] == allowed and all(form <= allowed for form in forms)


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ("",))


def _placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(text))


def _as_glossary(message: Message, said: str, terms: dict[str, str]) -> bool:
    """Whether a sentence that is a term of the glossary is said by its word; case and article are free."""
    word = terms.get(_first(message.id).casefold())
    return word is None or folded(said) in [folded(one) for one in word.split(";")]


def _first(identity: Any) -> str:
    return identity if isinstance(identity, str) else str(identity[0])


def _listed(path: Path) -> frozenset[str]:
    return frozenset(line.rstrip("\n") for line in _lines(path) if line.strip() and not line.startswith("#"))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def main(arguments: list[str]) -> int:
    """update, compile or check; the exit status of check is 1 when something is untranslated."""
    if arguments not in (["update"], ["compile"], ["check"]):
        print(__doc__)
        return 2
    if arguments == ["check"]:
        found = untranslated()
        print("\n".join(map(str, found)) or "Every sentence is there in the six languages.")
        return int(bool(found))
    (update_catalogues if arguments == ["update"] else compile_catalogues)()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
