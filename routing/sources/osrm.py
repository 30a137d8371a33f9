"""Travel times of an OSRM server: its table service, version 1.

https://project-osrm.org/docs/v5.24.0/api/#table-service
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.point import Point
from routing.snapping import SNAP_LIMIT_M
from routing.sources.cells import read_cells
from routing.sources.served import ServedTimes, Table
from routing.sources.server import PATIENT, Answer, Deadline, Patience, Server, quoted
from routing.travel import Mode

PROFILES: Mapping[Mode, str] = {Mode.CAR: "driving", Mode.EBIKE: "cycling", Mode.WALK: "walking"}
"""The profile in the URL of each mode. An e-bike goes by what the server takes for a bicycle.

There is none for public transport.
"""

BLOCK = 100
"""Sources and destinations of one table that osrm-routed answers unless told otherwise."""

ADVICE: Mapping[str, str] = {
    "TooBig": "set a smaller block, or start osrm-routed with a larger --max-table-size",
    "InvalidUrl": "is the URL that of an OSRM server, version 5 or later?",
    "InvalidService": "is the URL that of an OSRM server, version 5 or later?",
    "InvalidVersion": "it should speak version 1 of the API",
    "InvalidOptions": "it should know annotations=duration,distance: OSRM 5.21 or later",
    "InvalidQuery": "it should know annotations=duration,distance: OSRM 5.21 or later",
    "InvalidValue": "it should know annotations=duration,distance: OSRM 5.21 or later",
    "NotImplemented": "prepare its data with osrm-contract, or with osrm-partition and customize",
}

_MISSING = re.compile(r"coordinate (\d{1,9})")


class OsrmTimes(ServedTimes):
    """The fastest way between spots as OSRM servers tell it.

    Coordinates of all spots leave for these servers, and for nobody else: no proxy is used and no
    redirect followed.

    Parameters
    ----------
    urls
        The server of each mode, as in http://127.0.0.1:5000: one osrm-routed serves one profile.
    profiles
        What each mode is called in the URL, for servers behind which several answer.
    block
        Points on each side of a table, at most.
    patience
        How long is waited.

    Raises
    ------
    ServerError
        Where a URL is none.
    """

    def __init__(
        self,
        urls: Mapping[Mode, str],
        *,
        profiles: Mapping[Mode, str] = PROFILES,
        block: int = BLOCK,
        patience: Patience = PATIENT,
        snap_limit_m: float = SNAP_LIMIT_M,
    ) -> None:
        services = {
            mode: _OsrmTable(Server("OSRM", url, patience), profiles[mode], block)
            for mode, url in urls.items()
        }
        super().__init__(services, matrix_s=patience.matrix_s, snap_limit_m=snap_limit_m)


class _OsrmTable:
    """The table service of one server and profile."""

    def __init__(self, server: Server, profile: str, block: int) -> None:
        if block < 1:
            raise ValueError(f"block {block} is below 1")
        self.server, self.block = server, block
        self._path = f"/table/v1/{profile}/"

    def snap(self, points: Sequence[Point], deadline: Deadline) -> NDArray[np.float64]:
        """Ask for one row: with it comes how far each point lies from the road.

        The first point stands twice, for a table has two at least. One without a road fails the
        whole row, so it is left out and the others are asked for again.
        """
        snap_m, kept = np.full(len(points), np.inf), list(range(len(points)))
        while kept:
            row = [points[kept[0]], *(points[i] for i in kept)]
            answer = self._ask(row, range(1), range(1, len(row)), deadline)
            missing = self._missing(answer, len(row))
            if missing is None:
                snap_m[kept] = self._snap_m(answer, len(kept))
                break
            del kept[max(0, missing - 1)]
        return snap_m

    def table(
        self, sources: Sequence[Point], targets: Sequence[Point], deadline: Deadline
    ) -> Table:
        points, first = [*sources, *targets], len(sources)
        answer = self._ask(points, range(first), range(first, len(points)), deadline)
        content, shape = self._content(answer), (len(sources), len(targets))
        return Table(
            self._cells(content, "durations", shape), self._cells(content, "distances", shape)
        )

    def _ask(
        self, points: Sequence[Point], sources: range, targets: range, deadline: Deadline
    ) -> Answer:
        places = ";".join(f"{point.lon:.6f},{point.lat:.6f}" for point in points)
        options = (
            f"sources={';'.join(map(str, sources))}&destinations={';'.join(map(str, targets))}"
            "&annotations=duration,distance&generate_hints=false"
        )
        return self.server.ask(f"{self._path}{places}?{options}", deadline)

    def _missing(self, answer: Answer, count: int) -> int | None:
        """Return the index of the coordinate that has no road, where that is the answer."""
        content = answer.content
        if not isinstance(content, dict) or content.get("code") != "NoSegment":
            return None
        found = _MISSING.search(str(content.get("message")))
        return int(found[1]) if found and int(found[1]) < count else None

    def _content(self, answer: Answer) -> dict[str, Any]:
        """Return an answer that is 'Ok'."""
        content = answer.content
        code = content.get("code") if isinstance(content, dict) else None
        if not isinstance(code, str):
            raise self.server.error(
                f"answered {answer.says} without a code of OSRM's", "is the URL that of OSRM?"
            )
        if code != "Ok":
            said = f"{quoted(code)}, {quoted(content.get('message', ''))}"
            raise self.server.error(f"answered {said}", ADVICE.get(code, ""))
        return dict(content)

    def _cells(
        self, content: dict[str, Any], key: str, shape: tuple[int, int]
    ) -> NDArray[np.float64]:
        try:
            return read_cells(content.get(key), shape)
        except ValueError as fault:
            raise self.server.error(
                f"answered {key!r} with {fault}", "it should be OSRM 5.21 or later"
            ) from fault

    def _snap_m(self, answer: Answer, count: int) -> NDArray[np.float64]:
        places = self._content(answer).get("destinations")
        try:
            told = [place["distance"] for place in places or ()]
        except (LookupError, TypeError):
            told = []
        cells = self._cells({"destinations": [told]}, "destinations", (1, count))
        if np.isnan(cells).any():
            raise self.server.error("answered 'destinations' without their distances")
        snap_m: NDArray[np.float64] = cells[0]
        return snap_m
