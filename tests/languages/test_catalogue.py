"""The interface is complete in six languages, and the check says what is not."""

from pathlib import Path

from babel.messages.catalog import Catalog

from onevoice.languages import catalogue


def _world(tmp_path: Path, monkeypatch, source: str, template: str, french: str) -> Path:
    room = tmp_path / "src" / "onevoice" / "room"
    (room / "templates" / "room").mkdir(parents=True)
    (room / "pages.py").write_text(source)
    (room / "templates" / "room" / "page.html").write_text(template)
    folder = room.parent / "locale"
    (folder / "fr" / "LC_MESSAGES").mkdir(parents=True)
    (folder / "fr" / "LC_MESSAGES" / "django.po").write_text(french)
    monkeypatch.setattr(catalogue, "SOURCE", room.parent)
    monkeypatch.setattr(catalogue, "FOLDERS", {"fr": "fr"})
    return folder


def test_sentences_are_found_in_python_and_in_templates(tmp_path, monkeypatch):
    _world(
        tmp_path,
        monkeypatch,
        'said = _("One")\nmany = ngettext("{n} day", "{n} days", n)\nnot_said = "Two"\n',
        '{% load i18n %}\n  <p>{% translate "Three" context "number" %} it’s {% if x == _("Four") %}(\n'
        "    {% blocktranslate trimmed with name=x %}\n  Five of\n   {{ name }}"
        "{% endblocktranslate %}{% endif %}",
        "",
    )
    found = {(str(message.id), message.context) for message in catalogue.sentences() if message.id}
    assert found == {
        ("One", None),
        ("('{n} day', '{n} days')", None),
        ("Three", "number"),
        ("Four", None),
        ("Five of %(name)s", None),
    }


def test_each_fault_is_told(tmp_path, monkeypatch):
    folder = _world(
        tmp_path,
        monkeypatch,
        '_("One"), _("Two {name}"), _("Three"), _("Four"), _("Group"), _("Nine")',
        "",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Two {name}"\nmsgstr "Deux {nom}"\n\n#, fuzzy\nmsgid "Three"\nmsgstr "Trois"\n\n'
        'msgid "Four"\nmsgstr "Four"\n\nmsgid "Five"\nmsgstr "Cinq"\n\nmsgid "Group"\nmsgstr "Bande"\n\n'
        'msgid "Nine"\nmsgstr "Nine"\n',
    )
    (folder / "same.txt").write_text("# the same in every language\nNine\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "glossary.md").write_text("| en | fr |\n|---|---|\n| Group | Groupe |\n")
    assert sorted(map(str, catalogue.untranslated(folder))) == sorted(
        [
            "locale/fr: missing: 'One'",
            "locale/fr: not the word of docs/glossary.md: 'Group'",
            "locale/fr: obsolete: 'Five'",
            "locale/fr: placeholders differ: 'Two {name}'",
            "locale/fr: the same as its source: 'Four'",
            "locale/fr: fuzzy: 'Three'",
        ]
    )


def test_merging_keeps_translations_and_changes_nothing_twice(tmp_path, monkeypatch):
    folder = _world(
        tmp_path,
        monkeypatch,
        '_("One"), _("Two"), ngettext("{n} day", "{n} days", 2)',
        "",
        'msgid "One"\nmsgstr "Un"\n\nmsgid "Gone"\nmsgstr "Parti"\n',
    )
    catalogue.update_catalogues(folder)
    once = (folder / "fr" / "LC_MESSAGES" / "django.po").read_text()
    catalogue.update_catalogues(folder)
    assert (folder / "fr" / "LC_MESSAGES" / "django.po").read_text() == once
    assert 'msgid "One"\nmsgstr "Un"' in once
    assert "Gone" not in once
    assert "POT-Creation-Date" not in once
    assert "pages.py" not in once


def test_compiling_is_done_only_when_something_is_newer(tmp_path, monkeypatch):
    folder = _world(tmp_path, monkeypatch, '_("One")', "", 'msgid "One"\nmsgstr "Un"\n')
    catalogue.compile_catalogues(folder)
    compiled = folder / "fr" / "LC_MESSAGES" / "django.mo"
    first = compiled.stat().st_mtime_ns
    catalogue.compile_catalogues(folder)
    assert (compiled.stat().st_mtime_ns, b"Un" in compiled.read_bytes()) == (first, True)


def test_a_form_for_one_may_leave_the_number_out():
    message = Catalog(locale="ru").add(("{n} day", "{n} days"), ("день", "{n} дня", "{n} дней"))
    assert catalogue._same_placeholders(message)


def test_the_glossary_has_every_term_in_six_languages():
    terms = catalogue.glossary(Path(catalogue.__file__).parents[3] / "docs" / "glossary.md")
    assert set(terms) == {"fr", "es", "ar", "ru", "zh"}
    english = set(terms["fr"])
    assert {"group", "focal point", "silence procedure", "agenda item", "quorum", "receipt"} <= english
    for words in terms.values():
        assert set(words) == english
        assert all(words.values())


def test_a_term_may_have_its_article_and_its_case():
    message = Catalog(locale="ar").add("Members", "الأعضاء")
    assert catalogue._as_glossary(message, "الأعضاء", {"members": "أعضاء"})
    assert not catalogue._as_glossary(message, "الدول", {"members": "أعضاء"})
