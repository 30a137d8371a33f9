"""The queue of addresses that wait: texts worst value first, those of one compound together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from data.masking import HIDDEN
from data.store.overrides import key_of
from data.store.review import PlaceToCheck
from routing.gazetteer.compound import Compound, compound_in
from routing.gazetteer.doubts import Doubt, doubt_of
from routing.gazetteer.private import split_private
from scheduler.model import Place


@dataclass(frozen=True)
class Waiting:
    """An address text with all of its places; the `first` of them stands for it."""

    places: tuple[PlaceToCheck, ...]

    @property
    def first(self) -> PlaceToCheck:
        return self.places[0]

    @property
    def place(self) -> Place:
        return self.first.place

    @property
    def key(self) -> str:
        return key_of(self.place.address)

    @property
    def id(self) -> str:
        return self.place.id

    @cached_property
    def text(self) -> str:
        """The text as the file has it, numbers and names in it masked."""
        return hidden(self.place.address)

    @cached_property
    def compound(self) -> Compound | None:
        return compound_in(self.place.address)

    @property
    def doubt(self) -> Doubt:
        return doubt_of(self.place.precision, self.first.unmatched)

    @cached_property
    def case_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(id for one in self.places for id in one.case_ids))

    @cached_property
    def overdue(self) -> Decimal:
        """Of the open cases; somebody with two places at one address owes it once."""
        by_borrower = {one.borrower.id: one.overdue for one in self.places}
        return sum(by_borrower.values(), Decimal(0))


@dataclass(frozen=True)
class Group:
    """Texts that stand together: those of one compound or lane, or a text by itself."""

    texts: tuple[Waiting, ...]
    compound: Compound | None = None

    @property
    def is_several(self) -> bool:
        return len(self.texts) > 1

    @cached_property
    def overdue(self) -> Decimal:
        return sum((text.overdue for text in self.texts), Decimal(0))

    @cached_property
    def case_count(self) -> int:
        return len({id for text in self.texts for id in text.case_ids})


def queue(found: Iterable[PlaceToCheck]) -> list[Group]:
    """Return what waits, the most overdue first; a compound counts with all of its texts."""
    by_key: dict[str, list[PlaceToCheck]] = defaultdict(list)
    for one in found:
        by_key[key_of(one.place.address)].append(one)
    texts = [Waiting(tuple(places)) for places in by_key.values()]
    texts.sort(key=lambda text: (-text.overdue, text.id))
    return sorted(_grouped(texts), key=lambda group: (-group.overdue, group.texts[0].id))


def _grouped(texts: Sequence[Waiting]) -> Iterator[Group]:
    by_name: dict[str, list[Waiting]] = defaultdict(list)
    for text in texts:
        if text.compound is None:
            yield Group((text,))
        else:
            by_name[text.compound.name].append(text)
    for name, of_name in by_name.items():
        yield from _of_compound(name, of_name)


def _of_compound(name: str, texts: Sequence[Waiting]) -> Iterator[Group]:
    """Yield the texts of a name together; where they tell several districts, by district."""
    told = [text.compound.district if text.compound else "" for text in texts]
    districts = set(told) - {""}
    if len(districts) <= 1:
        yield Group(tuple(texts), Compound(name, next(iter(districts), "")))
        return
    for district in dict.fromkeys(told):
        those = [text for text, its in zip(texts, told, strict=True) if its == district]
        yield Group(tuple(those), Compound(name, district))


@dataclass(frozen=True)
class Page:
    """A part of the queue: `most` texts from the `first` on, in their groups."""

    groups: tuple[tuple[Group, tuple[Waiting, ...]], ...]
    has_more: bool


def page_of(groups: Sequence[Group], first: int, most: int) -> Page:
    """Return a part of the queue; a group may go on on the next."""
    flat = [(group, text) for group in groups for text in group.texts]
    shown = groupby(flat[first : first + most], key=lambda told: id(told[0]))
    parts = [list(part) for _, part in shown]
    return Page(
        tuple((part[0][0], tuple(text for _, text in part)) for part in parts),
        len(flat) > first + most,
    )


def hidden(address: str) -> str:
    """Return an address field with what is private in it masked."""
    for taken in split_private(address).taken:
        address = address.replace(taken, HIDDEN)
    return address
