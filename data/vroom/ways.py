"""The ways between a problem's places: matrices as told, or straight lines between coordinates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from data.vroom.fields import LATEST_S, Fields, shown
from data.vroom.matrix import Matrix, MatrixError, matrix_of
from routing.point import Point
from routing.sources.straight_line import StraightLineTimes
from routing.travel import Mode, Spot, TravelMatrix
from scheduler.problem import CrewShift

MODES: Mapping[str, Mode] = {
    "car": Mode.CAR,
    "ebike": Mode.EBIKE,
    "bike": Mode.EBIKE,
    "walk": Mode.WALK,
    "foot": Mode.WALK,
    "transit": Mode.TRANSIT,
}
"""How a profile moves where there are only coordinates."""

USUAL_PROFILE = "car"
MATRICES = ("durations", "distances")

OPEN = -1
"""Stands for an open start or end: `Ways.located` knows the row."""


class Ways:
    """Looks up places, and then has the matrix between all of them.

    Where matrices are told, a place is their row; `folder` is where a `.npy` file that is named
    lies, None where none may be. Else it is a point, and its row is the order of its first mention.
    """

    def __init__(self, root: Fields, folder: Path | None) -> None:
        self._root = root
        self.is_told = "matrices" in root
        self._seconds: dict[str, Matrix] = {}
        self._metres: dict[str, Matrix] = {}
        self._rows: dict[Point, int] = {}
        self._profiles: dict[str, int] = {}
        self._has_open_end = False
        self._known = list(MODES)
        if self.is_told:
            self._read(folder)

    @property
    def points(self) -> tuple[Point, ...]:
        """The points that stand for rows, in their order; none where matrices are told."""
        return tuple(self._rows)

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles that are used, in the order of the matrix's first axis."""
        return tuple(self._profiles)

    @property
    def has_metres(self) -> bool:
        """Whether distances are known for every profile that is used."""
        return not self.is_told or self._profiles.keys() <= self._metres.keys()

    def row(self, fields: Fields, index: str = "location_index", point: str = "location") -> int:
        """Return the row of the place that is told under these keys."""
        if self.is_told:
            if point in fields:
                fields.point(point)
            return fields.whole(index, most=self._size - 1 if self._size else LATEST_S)
        if index in fields and point not in fields:
            self._miss_matrices()
            return 0
        if index in fields:
            fields.fault(index, "there are no matrices to look it up in; leave it out")
        return self._rows.setdefault(fields.point(point), len(self._rows))

    def end(self, vehicle: Fields, key: str) -> int:
        """Return the row of a vehicle's `start` or `end`, or `OPEN` where it is left open."""
        if key in vehicle or f"{key}_index" in vehicle:
            return self.row(vehicle, f"{key}_index", key)
        self._has_open_end = True
        return OPEN

    def located(self, crew: CrewShift) -> CrewShift:
        """Return a crew with rows for its open ends; from and to there no way takes time."""
        ends = crew.start_location, crew.end_location
        row = self._size if self.is_told else len(self._rows)
        start, end = (row if end == OPEN else end for end in ends)
        return replace(crew, start_location=start, end_location=end)

    def mode(self, vehicle: Fields) -> int:
        """Return the number of a vehicle's profile."""
        profile = vehicle.told.get("profile", USUAL_PROFILE)
        if profile not in self._known:
            if self._known:  # else it is the matrices that are at fault
                fault = f"there is no {shown(profile)}; there are {', '.join(self._known)}"
                vehicle.fault("profile", fault if "profile" in vehicle else f"is missing: {fault}")
            return 0
        return self._profiles.setdefault(profile, len(self._profiles))

    def matrix(self) -> TravelMatrix:
        """Return the matrix of the profiles used; the last row, if any, is an open end."""
        if self.is_told:
            seconds = _stacked([self._seconds[name] for name in self.profiles])
            nothing = np.broadcast_to(np.int32(0), seconds.shape[1:])
            metres = _stacked([self._metres.get(name, nothing) for name in self.profiles])
            travel = self._travel([Mode.CAR] * len(seconds), seconds, metres)
        else:
            modes = [MODES[name] for name in self.profiles]
            lines = StraightLineTimes().matrix([Spot(point) for point in self.points], modes)
            travel = self._travel(modes, lines.seconds[:, 0], lines.metres[:, 0], lines.source)
        return travel

    def _miss_matrices(self) -> None:
        """Note once that rows are named of matrices which are not there."""
        fault = "is missing, and locations are told by their rows in it: add it, or coordinates"
        if not any(error.pointer == self._root.at("matrices") for error in self._root.errors):
            self._root.fault("matrices", fault)

    @property
    def _size(self) -> int:
        return len(next(iter(self._seconds.values()), ()))

    def _travel(
        self, modes: Sequence[Mode], seconds: Matrix, metres: Matrix, source: str = "as told"
    ) -> TravelMatrix:
        if self._has_open_end:
            margin = ((0, 0), (0, 1), (0, 1))
            seconds, metres = np.pad(seconds, margin), np.pad(metres, margin)
        return TravelMatrix(tuple(modes), seconds[:, None], metres[:, None], source=source)

    def _read(self, folder: Path | None) -> None:
        told = self._root.told["matrices"]
        names = self._known = list(told) if isinstance(told, dict) else []
        profiles = Fields(told, names, self._root.errors, "/matrices")
        if told == {}:
            self._root.fault("matrices", "has no profile")
        for name in names:
            fields = Fields(told[name], MATRICES, self._root.errors, profiles.at(name))
            fields.require("durations")
            for key, found in zip(MATRICES, (self._seconds, self._metres), strict=True):
                if key in fields and (matrix := self._read_matrix(fields, key, folder)) is not None:
                    found[name] = matrix

    def _read_matrix(self, fields: Fields, key: str, folder: Path | None) -> Matrix | None:
        try:
            matrix = matrix_of(fields.told[key], folder)
        except MatrixError as error:
            fields.fault(key, str(error))
            return None
        if self._size in (0, len(matrix)):
            return matrix
        fields.fault(key, f"has {len(matrix)} rows, and the first matrix has {self._size}")
        return None


def _stacked(matrices: Sequence[Matrix]) -> Matrix:
    """Return [profile, i, j]; where there is one alone, without a copy: it can be large."""
    return matrices[0][None] if len(matrices) == 1 else np.array(matrices)
