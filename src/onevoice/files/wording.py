"""The sentences of files, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

too_large = _(
    "This file has {size}; the limit is {limit}. It was not kept. Choose a smaller one, or save it with smaller "
    "pictures."
)
empty = _("This file is empty. Choose the file that you mean.")
other_kind = _(
    "This file is none of the kinds taken here: {kinds}. Save it as one of these, then choose it again."
)
drawing = _(
    "A drawing in SVG can run programs, so it is not taken here. Save it as {kinds}, then choose it again."
)
macros = _("This file holds macros, which are not taken here. Save it without them, then choose it again.")
damaged = _(
    "This file cannot be read as what it claims to be. Open it on your side, save it anew, then choose it again."
)
too_many_pixels = _(
    "This picture has {width} by {height} pixels; at most {most} on each side are taken. Make it smaller, then choose "
    "it again."
)
not_utf8 = _("This text is not written in UTF-8. Save it with this encoding, then choose it again.")

KINDS = {
    "pdf": _("PDF"),
    "docx": _("Word document"),
    "xlsx": _("Excel workbook"),
    "pptx": _("PowerPoint slides"),
    "odt": _("OpenDocument text"),
    "txt": _("plain text"),
    "png": _("PNG picture"),
    "jpeg": _("JPEG picture"),
}
