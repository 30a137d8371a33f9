"""The one place where the rooms are put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from data.at_rest import AtRestKey
from data.cities import CityFiles
from data.day_codes import DayCode, day_code
from data.exports.exporter import Exporter
from data.home import Home
from data.kept_times import KeptTimes
from data.maps.clips import Clips
from data.profiles import TomlProfiles
from data.sealing import SealingKey, sealing_key
from data.store import SqlStore, open_store
from data.store.check_ins import CheckIns
from data.store.decisions import Decisions
from data.store.desk import Desk
from data.store.field.alarms import Alarms
from data.store.field.attachments import Attachments
from data.store.field.devices import Devices
from data.store.field.inbox import Inbox
from data.store.field.links import Links
from data.store.field.records import Records
from data.store.figures import FigureBook
from data.store.jobs import Jobs
from data.store.kept_figures import KeptFigures
from data.store.logins import Logins
from data.store.review import Review
from data.store.stories import Stories
from data.store.tokens import Tokens
from data.store.users import Users
from data.times import TimesBook
from scheduler.service import Ports
from scheduler.slots.finding import SlotFinder


@dataclass(frozen=True)
class Wired:
    """An open home: the use cases' ports, and what only commands and pages ask for."""

    home: Home
    store: SqlStore
    cities: CityFiles
    ports: Ports
    users: Users
    logins: Logins

    @property
    def jobs(self) -> Jobs:
        """The queue of long work."""
        return Jobs(self.store.engine)

    @property
    def tokens(self) -> Tokens:
        """The tokens of programs."""
        return Tokens(self.store.engine)

    @property
    def desk(self) -> Desk:
        """What the desk asks of the book."""
        return Desk(self.store.engine)

    @property
    def review(self) -> Review:
        """The addresses that wait for a person."""
        return Review(self.store.engine)

    @property
    def decisions(self) -> Decisions:
        """What people have decided about addresses."""
        return Decisions(self.store.engine)

    @property
    def check_ins(self) -> CheckIns:
        """Where phones told that crews stood."""
        return CheckIns(self.store.engine)

    @cached_property
    def figures(self) -> KeptFigures:
        """What came of visits, for figures."""
        return KeptFigures(FigureBook(self.store.engine))

    @cached_property
    def times(self) -> TimesBook:
        """What crews' days tell of times."""
        return TimesBook(self.store, self.cities, self.ports.profiles)

    @cached_property
    def kept_times(self) -> KeptTimes:
        """Travel times that keep their legs."""
        return KeptTimes(self.cities)

    @cached_property
    def clips(self) -> Clips:
        """The maps of crews' days that were asked for last."""
        return Clips()

    @cached_property
    def slots(self) -> SlotFinder:
        """What finds hours for a borrower on the phone, and books them."""
        kept = self.kept_times
        return SlotFinder(
            self.ports, lambda city, is_working: kept.travel_times(city.name, is_working=is_working)
        )

    @property
    def stories(self) -> Stories:
        """What has happened with cases, and what was promised."""
        return Stories(self.store.engine)

    @property
    def devices(self) -> Devices:
        """The phones that may bring records."""
        return Devices(self.store.engine)

    @property
    def links(self) -> Links:
        """The links by which collectors come into their day."""
        return Links(self.store.engine)

    @cached_property
    def inbox(self) -> Inbox:
        """What phones bring; those that come at one moment are kept together."""
        return Inbox(self.store.engine, self.at_rest)

    @property
    def attachments(self) -> Attachments:
        """What phones have attached to visits."""
        return Attachments(self.store.engine, self.at_rest)

    @cached_property
    def at_rest(self) -> AtRestKey:
        """The key under which attachments lie in the book."""
        return AtRestKey(self.home.attachments_secret())

    @property
    def records(self) -> Records:
        """What phones brought, for a person to look at."""
        return Records(self.store.engine)

    @property
    def alarms(self) -> Alarms:
        """Who calls for help, and which problems crews have told."""
        return Alarms(self.store.engine)

    @cached_property
    def sealing(self) -> SealingKey:
        """The key for which phones seal what they bring."""
        return sealing_key(self.home.sealing_secret())

    def day_code(self, city: str, on: date, collector_id: str) -> DayCode:
        """Return a collector's code of a day, by which her mate's phone knows that she is there."""
        return day_code(self.home.sealing_secret(), city, on, collector_id)

    @property
    def exporter(self) -> Exporter:
        """What hands out published days."""
        return Exporter(self.home, self.store, self.cities, self.ports.profiles)


def wire(folder: Path | None) -> Wired:
    """Open the home in `folder`, by default the user's.

    Raises
    ------
    NotFoundError
        Where there is no home yet; DatabaseError where its database is older or newer.
    """
    home = Home.find(folder)
    profiles = TomlProfiles(own=home.rules)
    store = open_store(home, profiles)
    cities = CityFiles(home.cities, store)
    ports = Ports(store, cities, profiles, lambda: datetime.now(UTC))
    return Wired(home, store, cities, ports, Users(store.engine), Logins(store.engine))
