"""How an upload comes in: small ones in memory, others in a temporary file that never grows past the largest limit.

A file that is too large is read to its end, so that the other fields of its form are not lost, but not kept.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from .kinds import DOCUMENT

MOST_READ = 5 * DOCUMENT.limit  # bytes of a whole form; beyond it nothing is read


class Bounded(TemporaryFileUploadHandler):
    """Writes as much as a document may have; beyond it only counts."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *_: Any, **__: Any) -> None:  # noqa: N803
        if content_length > MOST_READ:
            error = RequestDataTooBig(f"A form of {content_length} bytes is not read.")
            error.limit = MOST_READ  # type: ignore[attr-defined]
            raise error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= DOCUMENT.limit:
            super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile:
        file = super().file_complete(file_size)
        file.size = file_size  # of what was sent, so that the form can say how large it was
        return file
