"""What of mandates a viewer may see: all of it is public."""

from __future__ import annotations

from django.db.models import QuerySet

from onevoice.enact.actor import Viewer

from .models import AnswerTakenBack, Instrument, InstrumentCorrection, Paragraph, ParagraphCorrection


def instruments(viewer: Viewer) -> QuerySet[Instrument]:
    """Those that stand, and those that were withdrawn; a page says which."""
    return Instrument.objects.select_related("group", "leads_to")


def mandates(viewer: Viewer) -> QuerySet[Instrument]:
    """Those that stand: what lists and searches show."""
    return instruments(viewer).filter(standing=True)


def paragraphs(viewer: Viewer) -> QuerySet[Paragraph]:
    """Those that stand, and those that were withdrawn; a page says which."""
    return Paragraph.objects.select_related("instrument__group")


def corrections(viewer: Viewer) -> QuerySet[ParagraphCorrection]:
    """Of paragraphs, the newest first."""
    return ParagraphCorrection.objects.select_related("organisation").prefetch_related("organisation__names")


def corrections_of_instruments(viewer: Viewer) -> QuerySet[InstrumentCorrection]:
    """The newest first."""
    return InstrumentCorrection.objects.select_related("organisation").prefetch_related("organisation__names")


def taken_back(viewer: Viewer) -> QuerySet[AnswerTakenBack]:
    """The newest first. What it was that answered is looked up in its own visible set."""
    return AnswerTakenBack.objects.select_related("organisation").prefetch_related("organisation__names")
