"""The year in which the tests run: numbers of proposals and decisions carry it."""

from datetime import datetime
from zoneinfo import ZoneInfo

YEAR = datetime.now(ZoneInfo("Europe/Vienna")).year  # where the groups of the tests have their seat
