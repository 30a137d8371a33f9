"""Weeks along several paths, each with luck of its own: a band is what they differ by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scheduler.headcount.feedback import reference_path
from scheduler.headcount.figures import Wages, figures_of
from scheduler.headcount.paths import along_paths
from scheduler.headcount.question import Answer
from scheduler.staffing.intervals import MeanOf
from tests.scheduler.headcount.test_feedback import TWO_DAYS_OFF, begun_with, believed, fed_back

REPS, PATHS = 4, 3
LUCKY = replace(TWO_DAYS_OFF, absence=0.3)


def test_the_first_path_is_the_reference_path_and_no_other_is() -> None:
    made, book = fed_back(LUCKY, REPS, world=believed)
    first, came = reference_path(made, book).came, along_paths(made, book, PATHS)
    assert len(came.made) == PATHS * REPS
    for name in ("made", "met", "recovered", "people_s", "shifts"):
        assert (getattr(came, name)[:REPS] == getattr(first, name)).all(), name
    assert len(set(came.shifts[::REPS].tolist())) > 1, "who is ill is each path's own"


def test_another_path_is_the_one_that_its_replication_has_as_a_book_of_its_own() -> None:
    made, book = fed_back(LUCKY, REPS, world=believed)
    came = along_paths(made, book, 2)
    other = replace(made, reps=made.reps + REPS)
    alone = reference_path(other, replace(book, replication=REPS)).came
    assert (came.reached[:, REPS:] == alone.reached).all()


def test_with_all_chance_switched_off_paths_are_one_and_their_band_is_none() -> None:
    made, book = fed_back(TWO_DAYS_OFF, REPS)
    begun = replace(made, means=replace(made.means, plan_from=begun_with))
    came = along_paths(begun, book, PATHS)
    assert len(set(came.made.tolist())) == 1
    team = figures_of(2, came, Wages(), paths=PATHS)
    assert (team.coverage.half_width, team.coverage.of, team.paths) == (0, PATHS, PATHS)


def test_a_band_is_as_wide_as_the_means_of_paths_lie_apart() -> None:
    """Means of 10, 20 and 30 visits: a deviation of 10; t of two degrees of freedom is 4.303."""
    made, book = fed_back(TWO_DAYS_OFF, REPS)
    came = replace(
        along_paths(made, book, PATHS), made=np.repeat([10, 20, 30], REPS) + np.tile([-1, 1], 6)
    )
    told = figures_of(2, came, Wages(), paths=PATHS).made
    assert (told.mean, round(told.half_width, 2)) == (20, 24.84)
    assert figures_of(2, came, Wages()).made.half_width < 6, "as if all luck were of single days"


def test_what_bands_leave_open_is_told() -> None:
    """Of 4, 5 and 6 the means of the last two are enough, the band of 4 is, too, and all of 6's."""
    made, book = fed_back(TWO_DAYS_OFF, 1)
    team = figures_of(2, along_paths(made, book, 1), Wages())
    shares = {4: (0.93, 0.03), 5: (0.95, 0.02), 6: (0.98, 0.03)}
    teams = tuple(
        replace(team, employed=size, coverage=MeanOf(*told, 4)) for size, told in shares.items()
    )
    answer = Answer(teams, 5, 0.95)
    assert (answer.perhaps, answer.surely) == (4, 6)
    assert Answer(teams[:2], 5, 0.95).surely is None
    sure_of_all = replace(teams[2], coverage=MeanOf(0.99, 0.02, 4))
    assert Answer((sure_of_all,), 6, 1.0).perhaps == 6, "more than all is never visited"
