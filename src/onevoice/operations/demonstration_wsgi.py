"""What the web server runs under `demo`, and nowhere else: it has the one-click identities."""

from onevoice.operations.mode import Mode, choose

choose(Mode.DEMO)

from onevoice.operations.web import application_of  # noqa: E402

application = application_of()
