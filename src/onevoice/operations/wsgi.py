"""What the web server runs in production."""

from onevoice.operations.web import application_of

application = application_of()
