"""Whether all is well with a home: what was looked at, and what to do where it is not."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from data.at_rest import AtRestKey
from data.cities import CityFiles
from data.errors import SealError
from data.home import OWNER_ONLY, Home
from data.profiles import TomlProfiles
from data.store import open_store
from data.store.field.attachments import counts_by_key
from routing.errors import RoutingError
from scheduler.errors import DayroundError

LEAST_FREE_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    is_well: bool
    text: str


def findings(home: Home) -> Iterator[Finding]:
    """Look at the folder, the database, the profiles, and each city's roads and addresses."""
    if not home.path.is_dir():
        yield Finding("home", False, f"{home.path} is not there: dayround init")
        return
    yield _folder(home)
    yield _room(home)
    profiles = TomlProfiles(own=home.rules)
    for name in profiles.names():
        yield _tried(f"rules {name}", partial(_version, profiles, name))
    yield (book := _tried("database", lambda: _cities_named(home)))
    if book.is_well:
        yield _tried("attachments", lambda: _attachments(home))
    yield from _cities(home)


def _folder(home: Home) -> Finding:
    mode = stat.S_IMODE(home.path.stat().st_mode)
    is_private = os.name == "nt" or mode == OWNER_ONLY
    advice = "" if is_private else f"; others can read it: chmod 700 {home.path}"
    return Finding("home", is_private, f"{home.path}{advice}")


def _room(home: Home) -> Finding:
    free = shutil.disk_usage(home.path).free
    return Finding("disk", free >= LEAST_FREE_BYTES, f"{free / 1e9:,.1f} GB free")


def _cities_named(home: Home) -> str:
    store = open_store(home)
    try:
        return ", ".join(city.name for city in store.cities()) or "no city yet"
    finally:
        store.close()


def _attachments(home: Home) -> str:
    """Tell how many there are; SealError where the home's key does not open some of them."""
    store = open_store(home)
    try:
        counts = counts_by_key(store.engine)
    finally:
        store.close()
    mine = AtRestKey(home.attachments_secret()).id if home.attachments_file.exists() else ""
    closed = sum(count for key, count in counts.items() if key != mine)
    if closed:
        file = home.attachments_file
        raise SealError(f"{closed:,} are locked by another key: restore {file} from a backup")
    return f"{sum(counts.values()):,} kept" if counts else "none yet"


def _cities(home: Home) -> Iterator[Finding]:
    files = CityFiles(home.cities)
    for folder in sorted(path for path in home.cities.iterdir() if path.is_dir()):
        yield _tried(f"roads of {folder.name}", partial(_roads, files, folder.name))
        yield _tried(f"addresses of {folder.name}", partial(_addresses, files, folder.name))
        yield _tried(f"travel times of {folder.name}", partial(_travel_times, files, folder.name))
        yield _services(files, folder.name)


def _version(profiles: TomlProfiles, name: str) -> str:
    return f"version {profiles.rules(name).version}"


def _roads(files: CityFiles, city: str) -> str:
    return f"{len(files.roads(city)):,} nodes"


def _travel_times(files: CityFiles, city: str) -> str:
    server = files.server(city)
    if server:
        return f"positions of doors go to {server.source}"
    return "by its own roads" + (", slower in its peak hours" if files.peaks(city) else "")


def _services(files: CityFiles, city: str) -> Finding:
    """Tell where addresses go, and whether every service that is on has its key."""
    told = _tried(f"map services of {city}", partial(_where_addresses_go, files, city))
    if told.is_well and (lacking := files.online(city).lacking()):
        return Finding(told.what, False, f"{told.text}; without a key: set {', '.join(lacking)}")
    return told


def _where_addresses_go(files: CityFiles, city: str) -> str:
    online = files.online(city)
    setting, _ = online.setting, online.lacking()
    if not setting.use:
        return "none: no address leaves the building"
    return f"addresses go to {', '.join(setting.use)}, as {setting.said_by or 'nobody'} said"


def _addresses(files: CityFiles, city: str) -> str:
    files.geocoder(city)
    return "can be looked up"


def _tried(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except (DayroundError, RoutingError, OSError) as error:
        return Finding(what, False, str(error))
