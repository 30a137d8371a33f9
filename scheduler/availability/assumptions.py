"""What is assumed of learning itself: how fast it goes, and how much groups may differ."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.availability.shrinking import Guess

OF_ALL = Guess(level=0.15, shape=0.7, cell=0.04)
OF_DAYS = Guess(level=0.05, shape=0.3, cell=0.03)
OF_SEGMENTS = Guess(level=0.08, shape=0.5, cell=0.06)


@dataclass(frozen=True, slots=True)
class Learning:
    """How fast is learned and forgotten: house assumptions, shown as such.

    A visit's weight halves each `half_life_days`: long enough that a crew's few visits a day add
    up, short enough that a change of season is followed within some weeks. Where the latest days
    say clearly that the world has become another, it halves each `quick_half_lives_days` instead,
    whichever foretells these days best. Of one person there are few visits, and she changes her
    work seldom: `own_half_life_days`. What the priors say of all is worth little, since they were
    measured elsewhere; that kinds of day and segments differ has to be shown by more.
    `valid_worth` is how many addresses the prior for right ones is worth, `stated_worth` how many
    meetings the one for hours that she named, `pairs_worth` how many pairs of visits the factor for
    repeating a slot.
    """

    half_life_days: float = 21.0
    quick_half_lives_days: tuple[float, ...] = (7.0, 3.5)
    own_half_life_days: float = 60.0
    of_all: Guess = OF_ALL
    of_days: Guess = OF_DAYS
    of_segments: Guess = OF_SEGMENTS
    valid_worth: float = 40.0
    stated_worth: float = 20.0
    pairs_worth: float = 100.0


USUAL = Learning()
