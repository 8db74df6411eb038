"""Ten queries in each language on ICAT's public record, each with what must be found first."""

import pytest

BRIEFING = "events/2018-06-14-briefing-to-member-states"
LONDON = "events/2018-05-02-first-meeting-of-principals"

QUERIES = {
    "en": {
        "72/195": "mandates/ga-72-195",
        "A/76/120": "mandates/a-76-120",
        "refugees": "members/unhcr",
        "trafficked child": "outputs/issue-brief-on-trafficking-in-children",
        "humanitarian crisis": "outputs/issue-brief-2-humanitarian-crises",
        "labor organization": "members/ilo",
        "issue brief 4": "outputs/issue-brief-4-gender-dimensions",
        "co-chairs 2022": "decisions/2021-11-15-co-chairs-for-2022",
        "principals meeting London": LONDON,
        "“live up to its promise”": BRIEFING,
        "Kupchyna": f"{BRIEFING}#p2",
        "ICAT": "about",
    },
    "fr": {
        "72/195": "mandates/ga-72-195",
        "réfugié": "members/unhcr",
        "refugies": "members/unhcr",
        "ONUDC": "members/unodc",
        "traite des êtres humains": f"{BRIEFING}#p3",
        "première réunion de haut niveau": LONDON,
        "ambassadeur de Bolivie": f"{BRIEFING}#p6",
        "droit de l’homme": "members/ohchr",
        "Conseil de sécurité": "mandates/sc-2388",
        "groupe interinstitutions": "about",
    },
    "es": {
        "72/195": "mandates/ga-72-195",
        "refugiado": "members/unhcr",
        "migracion": "members/iom",
        "delitos": "members/unodc",
        "Estados Unidos": f"{BRIEFING}#p6",
        "OIT": "members/ilo",
        "sesión informativa": BRIEFING,
        "trata de seres humanos": f"{BRIEFING}#p4",
        "Consejo de Seguridad": "mandates/sc-2388",
        "grupo interinstitucional": "about",
    },
    "ar": {
        "٧٢/١٩٥": "mandates/ga-72-195",
        "لاجئين": "members/unhcr",
        "اللاجئين": "members/unhcr",
        "مخدرات": "members/unodc",
        "والمخدرات": "members/unodc",
        "حقوق الانسان": "members/ohchr",
        "مرأه": "members/un-women",
        "الاحاطة": f"{BRIEFING}#p1",
        "مجلس الأمن": "mandates/sc-2388",
        "فريق التنسيق": "about",
    },
    "ru": {
        "72/195": "mandates/ga-72-195",
        "беженец": "members/unhcr",
        "наркотики": "members/unodc",
        "ОБСЕ": "members/osce",
        "Балтийское море": "members/cbss",
        "права человека": "members/ohchr",
        "Лондон": LONDON,
        "Соединенные Штаты": f"{BRIEFING}#p6",
        "Совет Безопасности": "mandates/sc-2388",
        "межучрежденческая группа": "about",
    },
    "zh": {
        "72/195": "mandates/ga-72-195",
        "难民": "members/unhcr",
        "移民": "members/iom",
        "毒品": "members/unodc",
        "儿童": "members/unicef",
        "人权": "members/ohchr",
        "伦敦": LONDON,
        "美国": f"{BRIEFING}#p6",
        "安全理事会": "mandates/sc-2388",
        "协调小组": "about",
    },
}


@pytest.mark.parametrize("language", QUERIES)
def test_there_are_ten_queries(language):
    assert len(QUERIES[language]) >= 10


@pytest.mark.parametrize(
    ("language", "typed", "first"),
    [(language, typed, first) for language, queries in QUERIES.items() for typed, first in queries.items()],
)
def test_a_named_query_finds_this_first(record, db, language, typed, first):
    hits = asked(record, typed, language)
    prefix = "/icat/" if language == "en" else f"/{language}/icat/"
    assert hits[0].address == prefix + first
    assert hits[0].is_asked_language


def test_the_readers_language_comes_before_others(record, db):
    languages = [hit.is_asked_language for hit in asked(record, "OSCE", "fr")]
    assert languages == sorted(languages, reverse=True)
    assert {True, False} == set(languages)


def test_a_subject_is_found_once_though_it_is_there_in_six_languages(record, db):
    addresses = [hit.address for hit in asked(record, "72/195", "ru")]
    assert addresses == ["/ru/icat/mandates/ga-72-195", f"/ru/icat/{BRIEFING}#p4"]


def test_chinese_in_another_order_is_not_found(record, db):
    from onevoice.enact.actor import NOBODY
    from onevoice.languages.names import language_of
    from onevoice.search.finding import find, read

    assert find(NOBODY, record, read("民难", ""), language_of("zh")).places == []


def asked(record, typed, language):
    from onevoice.enact.actor import NOBODY
    from onevoice.languages.names import language_of
    from onevoice.search.finding import find, hits, read

    answer = find(NOBODY, record, read(typed, ""), language_of(language))
    return hits(NOBODY, record, typed, answer.places, language_of(language))
