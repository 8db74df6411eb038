"""Every public page of a group answers, in two languages."""

import pytest
from django.test import Client

from world import World

PAGES = (
    "/", "/accessibility", "/privacy", "/sitemap.xml",
    "/icat/", "/icat/about", "/icat/about/record", "/icat/record", "/icat/members", "/icat/members/unodc",
    "/icat/mandates", "/icat/mandates/ga-72-195", "/icat/outputs", "/icat/outputs/issue-brief-4", "/icat/outputs.atom",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["", "/ar"])
def test_a_public_page_answers(icat: World, client: Client, page: str, language: str) -> None:
    if page == "/sitemap.xml" and language:
        return
    assert client.get(language + page).status_code == 200
