"""Keeps derived columns as their sources say. A machine write that is no act: only those columns are written.

Every row is written with its columns, so there is something to mend only where another program wrote: one of the
version before during an upgrade, or somebody at the database itself.
"""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from onevoice.look.derived import derive_anew, deriving

log = logging.getLogger(__name__)


@app.periodic(cron="47 1 * * *")
@app.task(name="look.derive_all", queueing_lock="look.derive_all")
def derive_all(timestamp: int) -> None:
    """Every night, before search reads everything."""
    for model in deriving():
        if changed := derive_anew(model):
            log.warning(
                "%s: the order or words of %d rows were not those of their texts", model._meta.label, changed
            )
