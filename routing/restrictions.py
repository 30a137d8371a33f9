"""Turn restrictions of OpenStreetMap: what their tags say, and to whom.

https://wiki.openstreetmap.org/wiki/Relation:restriction. Those that hold at some hours only
(`restriction:conditional`) and those for lorries or buses alone are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from routing.speeds import MODES, RULES
from routing.travel import Mode

ON_FOOT = (Mode.WALK, Mode.TRANSIT)

Member = tuple[str, int, str]
"""Of a relation: 'n' or 'w', the id, and the role."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """A way over a junction that is forbidden, or the only one allowed there.

    Parameters
    ----------
    from_ways, to_ways
        Ids of the ways by which one comes, and by which one leaves.
    via_node, via_ways
        The junction between them: a node, or ways one after another.
    is_only
        All other ways on are forbidden instead.
    modes
        Whom it binds.
    """

    from_ways: tuple[int, ...]
    to_ways: tuple[int, ...]
    via_node: int | None
    via_ways: tuple[int, ...]
    is_only: bool
    modes: frozenset[Mode]


def restrictions(tags: Mapping[str, str], members: Iterable[Member]) -> Iterator[Restriction]:
    """Yield what a relation of type 'restriction' says; nothing where it makes no sense."""
    told = list(members)
    from_ways, via_ways, to_ways = (_ways(told, role) for role in ("from", "via", "to"))
    via_nodes = [ref for kind, ref, role in told if (kind, role) == ("n", "via")]
    if not from_ways or not to_ways or bool(via_ways) == (len(via_nodes) == 1):
        return
    via_node = None if via_ways else via_nodes[0]
    bound = sorted((kind, mode) for mode in MODES if (kind := _kind(mode, tags)))
    for kind, some in groupby(bound, key=lambda pair: pair[0]):
        modes = frozenset(mode for _, mode in some)
        yield Restriction(from_ways, to_ways, via_node, via_ways, kind == "only", modes)


def _ways(members: Iterable[Member], role: str) -> tuple[int, ...]:
    return tuple(ref for kind, ref, told in members if (kind, told) == ("w", role))


def _kind(mode: Mode, tags: Mapping[str, str]) -> str:
    """Return 'no' or 'only', or '' where the sign does not bind `mode`."""
    if mode in ON_FOOT:
        return ""
    vehicles = RULES[mode].access_keys[:-1]  # without 'access'
    exempt = {name.strip() for name in tags.get("except", "").split(";")}
    if exempt.intersection(vehicles):
        return ""
    keys = (*(f"restriction:{vehicle}" for vehicle in vehicles), "restriction")
    kind, _, turn = next((tags[key] for key in keys if key in tags), "").partition("_")
    return kind if turn and kind in {"no", "only"} else ""
