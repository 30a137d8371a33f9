"""Which column of a file is probably which of ours, with how sure, for a person to mend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum

from data.readers.columns import Column, Registry
from data.readers.samples import sample
from data.readers.tables import File, Table, read_table
from data.readers.words import EMPTY, fold

ALIKE = 0.75
"""How alike a header and a title are at least, of 1."""

BARE = 0.9
"""How alike a header is to the title that it is but for a remark in brackets."""

FITTING = 0.5
"""Share of a column's values that must be understood, where its header is only like a title."""

SHOWN = 3
TRIED = 50


class Sureness(IntEnum):
    """How sure a proposal is."""

    NONE = 0
    LIKELY = 1  # the header is like a title, and the values fit
    SURE = 2  # the header is a title
    SAID = 3  # a person has said so of such a file


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column of a file may be; `samples` are some of its values, masked."""

    position: int
    header: str
    field: str | None
    sureness: Sureness
    samples: tuple[str, ...]


def look(file: File, registry: Registry) -> Table:
    """Read a file so far that its columns can be asked about; raises FileError."""
    score = lambda row: registry.score(row, file.mapping)  # noqa: E731
    return read_table(file, score, guesses=True)


def propose(
    table: Table, registry: Registry, said: Mapping[int, str] | None = None
) -> tuple[Proposal, ...]:
    """Return for each column of `table` which field it probably is, each field once at most.

    `said` is what a person told of a file with these headers: it holds for all of them.
    """
    chosen = _said(registry, said) if said is not None else _guessed(table, registry)
    return tuple(
        Proposal(
            position,
            header,
            *chosen.get(position, (None, Sureness.NONE)),
            samples=_samples(table, registry, position, chosen),
        )
        for position, header in enumerate(table.headers)
        if header or _values(table, position)
    )


def strange_words(
    table: Table, registry: Registry, fields: Mapping[int, str]
) -> dict[str, dict[str, int]]:
    """Return by field the words that are not understood, with how often each stands there.

    Only of columns whose words are a list: what an amount is, nobody can choose from.
    """
    found: dict[str, dict[str, int]] = {}
    for position, name in sorted(fields.items()):
        column = registry.by_field[name]
        if meanings(column):
            counts = table.cells.iloc[:, position].value_counts()
            strange = {
                str(text): int(number)
                for text, number in counts.items()
                if text and str(text).casefold() not in EMPTY and not column.understands(str(text))
            }
            if strange:
                found[name] = strange
    return found


def meanings(column: Column) -> tuple[str, ...]:
    """Return what a word of a column can be said to mean."""
    return column.meanings or column.choices


Chosen = dict[int, tuple[str | None, Sureness]]


def _said(registry: Registry, said: Mapping[int, str]) -> Chosen:
    return {at: (name, Sureness.SAID) for at, name in said.items() if name in registry.by_field}


def _guessed(table: Table, registry: Registry) -> Chosen:
    """Give each field to the column that is surest of it, the first of equals."""
    candidates = sorted(_candidates(table, registry), key=lambda one: (-one[0], one[1]))
    chosen: Chosen = {}
    taken: set[str] = set()
    for likeness, position, name in candidates:
        if position not in chosen and name not in taken:
            chosen[position] = (name, Sureness.SURE if likeness > 1 else Sureness.LIKELY)
            taken.add(name)
    return chosen


def _candidates(table: Table, registry: Registry) -> Iterator[tuple[float, int, str]]:
    """Yield (likeness, position, field); above 1 the header is a title."""
    for position, header in enumerate(table.headers):
        column = registry.find(header) if header else None
        if column is not None:
            yield 2.0, position, column.field
        elif header:
            yield from (
                (likeness, position, name)
                for name, likeness in _likes(header, registry).items()
                if _fits(table, position, registry.by_field[name])
            )


def _likes(header: str, registry: Registry) -> dict[str, float]:
    """Return the fields whose titles are like a header, with how much."""
    found: dict[str, float] = {}
    if (bare := registry.bare(header)) is not None:
        found[bare.field] = BARE
    folded = fold(header)
    for title, column in registry.by_title.items():
        likeness = _likeness(folded, title)
        if likeness >= ALIKE:
            found[column.field] = max(found.get(column.field, 0), likeness)
    return found


def _likeness(folded: str, title: str) -> float:
    """Return how alike two folded texts are, from 0 to 1."""
    if not folded or abs(len(folded) - len(title)) > max(len(folded), len(title)) / 2:
        return 0.0
    return SequenceMatcher(None, folded, title, autojunk=False).ratio()


def _fits(table: Table, position: int, column: Column) -> bool:
    """Tell whether a column's first values are mostly what a field can hold."""
    tried = _values(table, position)[:TRIED]
    if meanings(column):
        return True  # its words can be translated
    return not tried or sum(map(column.understands, tried)) / len(tried) >= FITTING


def _values(table: Table, position: int) -> list[str]:
    """Return the distinct values of a column, in their order."""
    column = table.cells.iloc[:, position]
    return [str(text) for text in column.unique() if text and str(text).casefold() not in EMPTY]


def _samples(table: Table, registry: Registry, position: int, chosen: Chosen) -> tuple[str, ...]:
    name, _ = chosen.get(position, (None, Sureness.NONE))
    column = registry.by_field[name] if name else None
    return tuple(sample(column, text) for text in _values(table, position)[:SHOWN])
