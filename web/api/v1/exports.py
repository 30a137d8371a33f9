"""The published day as a file, for programs: masked unless asked otherwise, each time noted."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Literal

from pydantic import Field
from werkzeug.wrappers import Response

from data.exports.exporter import Asked
from data.exports.registry import FORMATS
from data.exports.sight import ExportRefusedError, sight_of
from web.api.operations import READERS, Answer, operation
from web.api.pages import api
from web.api.problems import ProblemError
from web.api.v1.models import Taken
from web.api.v1.plans import DAY
from web.auth.access import current_user
from web.desk.foretelling import on_time
from web.downloads import download


class ExportQuery(Taken):
    """How people are told in the file, whose day it is, and in which language."""

    full: bool = Field(default=False, description="Names, numbers and sums: who may see them.")
    collector: str | None = Field(default=None, description="Her crew's day alone, by her id.")
    language: Literal["en", "zh"] = "en"


@operation(
    *(api, "get", f"{DAY}/exports/{{format}}", "Take the published day along", *READERS),
    answers={
        200: Answer("The file.", media_types=tuple(one.media_type for one in FORMATS.values()))
    },
    problems=(404, 409),
    query=ExportQuery,
)
def export_day(city: str, on: date, format: str, query: ExportQuery) -> Response:
    """Answer the published day as csv, xlsx, ics, gpx, pdf or geojson; 409 if none is published."""
    try:
        sight = sight_of(current_user, city, collector_id=query.collector, in_full=query.full)
        asked = Asked(city, on, format, sight, query.language, on_time(city, on))
        return download(asked)
    except ExportRefusedError as error:
        raise ProblemError(HTTPStatus.FORBIDDEN, str(error)) from None
