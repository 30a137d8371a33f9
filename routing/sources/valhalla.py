"""Travel times of a Valhalla server: its time-distance matrix and its locate service.

https://valhalla.github.io/valhalla/api/matrix/api-reference/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.point import Point, distance_m
from routing.snapping import SNAP_LIMIT_M
from routing.sources.cells import read_cells
from routing.sources.served import ServedTimes, Table
from routing.sources.server import PATIENT, Answer, Deadline, Patience, Server, quoted
from routing.speeds import WALK_KPH
from routing.travel import Mode

EBIKE_KPH = 18.0
"""On level ground, as on our own roads; a house assumption."""

COSTINGS: Mapping[Mode, Mapping[str, Any]] = {
    Mode.CAR: {"costing": "auto"},
    Mode.EBIKE: {
        "costing": "bicycle",
        "costing_options": {"bicycle": {"bicycle_type": "City", "cycling_speed": EBIKE_KPH}},
    },
    Mode.WALK: {
        "costing": "pedestrian",
        "costing_options": {"pedestrian": {"walking_speed": WALK_KPH}},
    },
}
"""What is sent for each mode."""

BLOCK = 50
"""50 × 50 pairs are what a Valhalla server answers at once unless told otherwise."""

UNCONNECTED, NO_PATH = 170, 442

ADVICE: Mapping[int, str] = {
    106: "it should offer /sources_to_targets and /locate",
    107: "it should offer /sources_to_targets and /locate",
    150: "set a smaller block, or raise its max_matrix_location_pairs",
    153: "set a smaller block, or raise its max_matrix_location_pairs",
    154: "raise max_matrix_distance in its configuration, or see whether a place lies far away",
    171: "see that its /locate answers by the same roads",
}
"""By Valhalla's own error codes."""


class ValhallaTimes(ServedTimes):
    """The fastest way between spots as a Valhalla server tells it.

    Coordinates of all spots leave for this server, and for nobody else: no proxy is used and no
    redirect followed.

    Parameters
    ----------
    url
        The server, as in http://127.0.0.1:8002.
    costings
        What is sent for each mode.
    block
        Points on each side of a matrix, at most.
    patience
        How long is waited.

    Raises
    ------
    ServerError
        Where the URL is none.
    """

    def __init__(
        self,
        url: str,
        *,
        costings: Mapping[Mode, Mapping[str, Any]] = COSTINGS,
        block: int = BLOCK,
        patience: Patience = PATIENT,
        snap_limit_m: float = SNAP_LIMIT_M,
    ) -> None:
        server = Server("Valhalla", url, patience)
        services = {
            mode: _ValhallaMatrix(server, costing, block, snap_limit_m)
            for mode, costing in costings.items()
        }
        super().__init__(services, matrix_s=patience.matrix_s, snap_limit_m=snap_limit_m)


class _ValhallaMatrix:
    """The matrix of one costing."""

    def __init__(
        self, server: Server, costing: Mapping[str, Any], block: int, cutoff_m: float
    ) -> None:
        if block < 1:
            raise ValueError(f"block {block} is below 1")
        self.server, self.block = server, block
        self._costing, self._cutoff_m = costing, cutoff_m

    def snap(self, points: Sequence[Point], deadline: Deadline) -> NDArray[np.float64]:
        """Ask /locate, which tells of each point by itself; a matrix fails for one of them."""
        body = {"locations": self._places(points), "verbose": False, **self._costing}
        answer = self.server.ask("/locate", deadline, body)
        self._check(answer)
        content = answer.content
        found = content.get("locations") if isinstance(content, dict) else content
        if not isinstance(found, list) or len(found) != len(points):
            raise self._nonsense(f"/locate without {len(points)} locations")
        return np.array([self._snap_m(*pair) for pair in zip(points, found, strict=True)])

    def table(
        self, sources: Sequence[Point], targets: Sequence[Point], deadline: Deadline
    ) -> Table:
        """Ask for a matrix.

        Where roads are in parts that do not meet, Valhalla refuses it whole: then its halves are
        asked for, until a refusal is the answer of one leg.
        """
        body = {
            "sources": self._places(sources),
            "targets": self._places(targets),
            "units": "kilometers",
            "verbose": True,
            **self._costing,
        }
        answer = self.server.ask("/sources_to_targets", deadline, body)
        code, shape = _error_code(answer), (len(sources), len(targets))
        if code == NO_PATH or (code == UNCONNECTED and shape == (1, 1)):
            return Table(np.full(shape, np.nan), np.full(shape, np.nan))
        if code == UNCONNECTED:
            return self._halves(sources, targets, deadline)
        self._check(answer)
        return self._table(answer.content, shape)

    def _halves(
        self, sources: Sequence[Point], targets: Sequence[Point], deadline: Deadline
    ) -> Table:
        is_tall = len(sources) >= len(targets)
        longer = sources if is_tall else targets
        tables = [
            self.table(half, targets, deadline) if is_tall else self.table(sources, half, deadline)
            for half in (longer[: len(longer) // 2], longer[len(longer) // 2 :])
        ]
        axis = 0 if is_tall else 1
        return Table(
            np.concatenate([table.seconds for table in tables], axis),
            np.concatenate([table.metres for table in tables], axis),
        )

    def _places(self, points: Sequence[Point]) -> list[dict[str, float]]:
        cutoff_m = round(self._cutoff_m)
        return [{"lat": point.lat, "lon": point.lon, "search_cutoff": cutoff_m} for point in points]

    def _check(self, answer: Answer) -> None:
        """Pass an answer of 200."""
        if answer.status == 200:
            return
        code = _error_code(answer)
        if code is None:
            raise self.server.error(
                f"answered {answer.says} without an error of Valhalla's",
                "is the URL that of Valhalla?",
            )
        said = quoted(answer.content.get("error", ""))
        raise self.server.error(f"answered error {code}, {said}", ADVICE.get(code, ""))

    def _table(self, content: Any, shape: tuple[int, int]) -> Table:
        if not isinstance(content, dict) or content.get("units") != "kilometers":
            raise self._nonsense("a matrix that is not in kilometers")
        try:
            rows = content["sources_to_targets"]
            seconds, km = (
                read_cells([[cell[key] for cell in row] for row in rows], shape)
                for key in ("time", "distance")
            )
        except (LookupError, TypeError):
            raise self._nonsense("a matrix without times and distances") from None
        except ValueError as fault:
            raise self._nonsense(str(fault)) from fault
        return Table(seconds, km * 1000)

    def _snap_m(self, point: Point, found: Any) -> float:
        """Return the metres to the nearest of the edges that were found."""
        try:
            edges = found["edges"] or ()
            roads = [Point(edge["correlated_lat"], edge["correlated_lon"]) for edge in edges]
        except (LookupError, TypeError, ValueError):
            raise self._nonsense("/locate without edges") from None
        return min((distance_m(point, road) for road in roads), default=np.inf)

    def _nonsense(self, what: str) -> Exception:
        return self.server.error(f"answered {what}", "it should be Valhalla 3 or later")


def _error_code(answer: Answer) -> int | None:
    content = answer.content
    code = content.get("error_code") if isinstance(content, dict) else None
    return code if type(code) is int else None
