"""Common random numbers: luck that hangs on who and when, not on who asks or in which order.

Each draw is a function of (seed, what, who, day) and the number of the replication, by the mixing
function of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). So a borrower is in or out, a street is
slow and a collector is ill in replication 7 whatever plan is driven through it: two alternatives
differ by what they do, and far fewer replications show by how much.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from scheduler.staffing.arrays import Floats, Ints

Words = NDArray[np.uint64]

_GOLDEN, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_ONE_BELOW_ONE = 1 - 2.0**-53


@dataclass(frozen=True, slots=True)
class Chance:
    """Draws for replications: everything is repeated by the same `seed`."""

    seed: int

    def uniform(
        self, what: str, who: str, day: int, reps: Ints, also: Ints | None = None
    ) -> Floats:
        """Return numbers of [0, 1).

        Parameters
        ----------
        what
            The question: 'answers', 'service', …
        who
            The id of the borrower, place, street or collector.
        day
            The ordinal of the date; 0 for what is the same on all days.
        reps
            Numbers of replications, shape [n].
        also
            One more number for each replication, where it hangs on something that differs.
        """
        words = mixed(reps.astype(np.uint64) * np.uint64(_GOLDEN) ^ _key(self.seed, what, who, day))
        if also is not None:
            words = mixed(words ^ mixed(also.astype(np.uint64) + np.uint64(_GOLDEN)))
        drawn: Floats = (words >> np.uint64(11)).astype(np.float64) * 2.0**-53
        return drawn

    def normal(self, what: str, who: str, day: int, reps: Ints, also: Ints | None = None) -> Floats:
        """Return numbers of the standard normal distribution; see `uniform`."""
        drawn: Floats = ndtri(self.uniform(what, who, day, reps, also) * _ONE_BELOW_ONE + 2.0**-54)
        return drawn

    def one(self, what: str, who: str, day: int = 0) -> float:
        """Return one number of [0, 1), the same in all replications."""
        return float(self.uniform(what, who, day, np.zeros(1, np.int64))[0])


def mixed(words: Words) -> Words:
    """Return words whose every bit hangs on all bits of those given."""
    words = (words ^ (words >> np.uint64(30))) * np.uint64(_FIRST)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(_SECOND)
    return words ^ (words >> np.uint64(31))


@lru_cache(maxsize=100_000)
def _key(seed: int, what: str, who: str, day: int) -> Words:
    """Return one word for the question, in an array: NumPy warns of single ones that overflow."""
    told = "\0".join((str(seed), what, who, str(day))).encode()
    word = int.from_bytes(blake2b(told, digest_size=8).digest(), "little")
    return np.array([word], np.uint64)
