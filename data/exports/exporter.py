"""Exporting a published day: read, masked, written, and noted in the book of events."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from data.cities import CityFiles
from data.exports.day import Box, Draw, ExportDay, Ground, Street
from data.exports.ground import streets_in
from data.exports.registry import Format, format_named
from data.exports.rows import Rows
from data.exports.sight import ExportRefusedError, Sight
from data.home import Home
from data.masking import Masking
from data.store import SqlStore
from data.store.exports import PublishedDay, published_day, while_entrusted
from scheduler.errors import NotFoundError
from scheduler.model import City
from scheduler.ports import By, Profiles
from scheduler.rules import day_info

OnTime = Callable[[int], Mapping[str, float]]
"""Tells of a version how likely its visits are on time, by their ids; of those that are known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which day is to be exported, how it is to be written ('en' or 'zh'), what may be seen.

    `on_time` is asked where the format has room for it.
    """

    city: str
    on: date
    format: str
    sight: Sight
    language: str = "en"
    on_time: OnTime = lambda _: {}


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file to hand out. `stops` are the visits in it, `masking` how their people are told."""

    name: str
    media_type: str
    content: bytes
    version: int
    stops: int
    masking: Masking


@dataclass(frozen=True)
class Exporter:
    """Exports the published days of a home."""

    home: Home
    store: SqlStore
    cities: CityFiles
    profiles: Profiles

    def export(self, asked: Asked, by: By) -> ExportFile:
        """Return a published day as a file, and note who has taken what.

        Raises
        ------
        ConflictError
            Where the day is not published; NotFoundError where it has no plan, or nobody to show.
        ExportRefusedError
            Where the format would tell more than may be seen.
        """
        chosen = format_named(asked.format)
        published = published_day(self.store.engine, asked.city, asked.on, asked.sight.agencies)
        if asked.sight.is_own:
            today = by.at.astimezone(ZoneInfo(published.city.zone)).date()
            published = while_entrusted(published, today, agency_of(published, asked.sight))
        on_time = asked.on_time(published.record.version) if tells_on_time(chosen, asked) else {}
        day = self._day(asked, published, allowed(chosen, asked.sight, published), on_time)
        if not day.crews and not (chosen.is_calendar and day.cancelled):
            raise nobody(asked, published)
        content = chosen.write(day)
        self._note(asked, day, by)
        name = file_name(asked, is_made_up=day.is_made_up)
        return ExportFile(name, chosen.media_type, content, day.version, day.visits, day.masking)

    def _day(
        self, asked: Asked, published: PublishedDay, sight: Sight, on_time: Mapping[str, float]
    ) -> ExportDay:
        rows = Rows(published, sight, self.home.secret(), on_time)
        record = published.record
        assert record.published is not None, "its state says so"
        return ExportDay(
            city=published.city,
            on=asked.on,
            version=record.version,
            published_at=record.published.at,
            masking=sight.masking,
            crews=rows.crews(),
            cancelled=rows.cancelled(),
            language=asked.language,
            is_made_up=self.home.is_made_up,
            draw=self._draw(published.city, asked.on),
            ground=self._ground(published.city),
        )

    def _draw(self, city: City, on: date) -> Draw:
        """Return what draws legs along a city's roads; nothing where it has lost them."""
        info = day_info(self.profiles.rules(city.profile), on)
        try:
            return self.cities.paths(city.name, is_working=info.is_working).paths
        except NotFoundError:
            return lambda legs, *_: [None] * len(legs)

    def _ground(self, city: City) -> Ground:
        """Return what finds a city's streets; nothing where it has lost them."""

        def find(box: Box) -> Sequence[Street]:
            try:
                return streets_in(self.cities.roads(city.name), box)
            except NotFoundError:
                return ()

        return find

    def _note(self, asked: Asked, day: ExportDay, by: By) -> None:
        told = {
            "format": asked.format,
            "rows": day.visits,
            "masking": day.masking,
            "collector": asked.sight.collector_id,
            "cancelled": len(day.cancelled),
        }
        subject = f"{asked.city} {asked.on} v{day.version}"
        with self.store.writing(by) as writer:
            after = {name: value for name, value in told.items() if value is not None}
            writer.note("plan.exported", subject, city=asked.city, after=after)


def agency_of(published: PublishedDay, sight: Sight) -> str | None:
    """Return the agency of the collector who asks for her day; None where it does not send her."""
    her = published.facts.collectors.get(sight.collector_id or "")
    return her.agency if her else None


def tells_on_time(chosen: Format, asked: Asked) -> bool:
    """Tell whether chances of visits are in a file: never of one that tells streets alone.

    Nothing is foretold of a single visit to who may not see whose it is.
    """
    return chosen.tells_on_time and asked.sight.masking is not Masking.STREET


def allowed(chosen: Format, sight: Sight, published: PublishedDay) -> Sight:
    """Return what a format may tell of what somebody may see.

    Raises
    ------
    ExportRefusedError
        Where a map would lead somebody to doors who sees streets alone.
    """
    if chosen.is_map and sight.masking is Masking.STREET:
        raise ExportRefusedError(
            f"{chosen.name} leads to doors, and you see streets alone: take csv, xlsx or ics"
        )
    if chosen.is_calendar and not published.city.calendar_details:
        return replace(sight, masking=Masking.STREET)
    return sight


def nobody(asked: Asked, published: PublishedDay) -> NotFoundError:
    """Say that a published day has nobody to be exported."""
    day = f"version {published.record.version} of {asked.city} on {asked.on}"
    if asked.sight.collector_id is None:
        return NotFoundError(f"{day} sends nobody whom you may see")
    return NotFoundError(f"{day} does not send {asked.sight.collector_id!r}: check the id")


def file_name(asked: Asked, *, is_made_up: bool) -> str:
    """Return what the file is called: made-up-Town-2026-11-23.ics."""
    parts = ("made-up" if is_made_up else "", asked.city, str(asked.on), asked.sight.collector_id)
    return f"{'-'.join(filter(None, parts))}.{asked.format}"
