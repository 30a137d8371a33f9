"""Her own published day for her calendar and her navigation."""

from __future__ import annotations

from datetime import date

from flask import abort, request
from werkzeug.wrappers import Response

from data.access import Role
from data.exports.exporter import Asked
from data.exports.sight import Sight
from data.masking import masking_for
from web.auth.access import needs
from web.downloads import download, my_language
from web.language import lazy_t
from web.phone.room import needed_day, phone

TAKEN_ALONG = {"ics": lazy_t("Calendar"), "gpx": lazy_t("Navigation")}


@phone.post("/my/<day:on>/export")
@needs(Role.COLLECTOR)
def take_along(on: date) -> Response:
    """Send her day as a file; nobody else's, and people masked."""
    day = needed_day(on)
    if request.form.get("format") not in TAKEN_ALONG:
        abort(400)
    sight = Sight(masking_for(Role.COLLECTOR), None, day.collector_id, is_own=True)
    return download(Asked(day.city.name, on, request.form["format"], sight, my_language()))
