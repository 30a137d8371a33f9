"""What is built once for the roads of a mode, and kept."""

from __future__ import annotations

from dataclasses import dataclass

from routing.chains import Chains
from routing.expanding import Expanded
from routing.hierarchy import Hierarchy


@dataclass(frozen=True, eq=False)
class Ways:
    """The chains of a mode, expanded where turns matter, and a hierarchy of that graph.

    The keys of the chains are those of whoever built it; others are taken by `Chains.taking`.
    """

    roads: Chains
    grown: Expanded
    hierarchy: Hierarchy
