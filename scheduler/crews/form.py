"""Crews of the day: the pairs given stay, the rest are formed, and who is alone is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scheduler.crews.given import PairNote, given_crews
from scheduler.crews.joining import MeetingTime, Member, single
from scheduler.crews.matching import Candidate
from scheduler.crews.pairing import Pairing
from scheduler.crews.quality import PairQuality, PairWeights
from scheduler.crews.roster import Roster
from scheduler.day import Day
from scheduler.model import Crew


@dataclass(frozen=True, slots=True)
class Alone:
    """A collector on shift whom no crew takes along today, and why."""

    collector_id: str
    why: str


@dataclass(frozen=True, slots=True)
class CrewDay:
    """The crews of a day, by id; who is not in one; and what to know about pairs.

    `notes` tell of pairs of the file that are not kept, and of pairs that go together for more
    days than the city wishes, because otherwise fewer could go.
    """

    crews: tuple[Crew, ...]
    alone: tuple[Alone, ...] = ()
    notes: tuple[PairNote, ...] = ()


def form_crews(
    day: Day,
    size: int,
    meeting_s: MeetingTime,
    *,
    pair_days: Mapping[frozenset[str], int] | None = None,
    seed: int = 0,
    weights: PairWeights | None = None,
) -> CrewDay:
    """Return the crews of `day`: singles or pairs, nobody twice.

    The pairs of `day.pairs` stay where they can. With `size` 1 the others go alone; with `size` 2
    they are paired within their agency, by CP-SAT: most pairs, then the fewest that have gone
    together for `day.city.max_days_as_pair` days already, then the best by `weights`. So a
    collector stays alone only where no lawful partner is left. The same arguments give the same
    crews.

    Parameters
    ----------
    day
        Its collectors, shifts and given pairs are used; crews that it has already are not.
    size
        How many the profile wants at a door.
    meeting_s
        Seconds between two points for a mode of travel: how a guest comes to her host.
    pair_days
        How many of the last days in a row two collectors went together, by their ids.
    seed
        Decides between pairs that are equally good.
    weights
        What makes a good pair; the house's assumptions by default.

    Raises
    ------
    ValueError
        For a size other than 1 and 2, or a collector with two shifts.
    """
    _refuse_size(size)
    roster = Roster.of(day)
    if size == 1:
        return _given_and_singles(day, roster, meeting_s)
    quality = PairQuality.of(day, weights or PairWeights())
    pairing = Pairing(quality, meeting_s, pair_days or {}, day.city.max_days_as_pair)
    return _pairs(day, roster, pairing, seed)


def likely_crews(day: Day, size: int, meeting_s: MeetingTime) -> tuple[Crew, ...]:
    """Return crews that could be those of a day on which nobody has formed any, by id.

    The pairs given stay, as in `form_crews`; the others are lawful and near each other, and no
    more is weighed: who goes with whom is not settled, only how many crews there are about where.

    Raises
    ------
    ValueError
        As `form_crews`.
    """
    _refuse_size(size)
    roster = Roster.of(day)
    if size == 1:
        return _given_and_singles(day, roster, meeting_s).crews
    given, _ = given_crews(day.pairs, day.on, roster, meeting_s)
    pairing = Pairing(PairQuality.of(day, PairWeights()), meeting_s, {}, day.city.max_days_as_pair)
    formed = (candidate.crew for candidate in pairing.likely(_left(roster, given)))
    return tuple(sorted([*given, *formed], key=lambda crew: crew.id))


def _refuse_size(size: int) -> None:
    if size not in (1, 2):
        raise ValueError(f"crews of {size} cannot be formed: a profile asks for 1 or 2")


def _given_and_singles(day: Day, roster: Roster, meeting_s: MeetingTime) -> CrewDay:
    given, notes = given_crews(day.pairs, day.on, roster, meeting_s)
    crews = [*given, *(single(member) for member in _left(roster, given))]
    crews.sort(key=lambda crew: crew.id)
    return CrewDay(tuple(crews), tuple(_unfit(day, roster)), tuple(notes))


def _pairs(day: Day, roster: Roster, pairing: Pairing, seed: int) -> CrewDay:
    given, notes = given_crews(day.pairs, day.on, roster, pairing.meeting_s)
    formed = pairing.form(_left(roster, given), seed)
    crews = [*given, *(candidate.crew for candidate in formed)]
    alone = [
        Alone(member.id, pairing.why_alone(member, roster.members.values()))
        for member in _left(roster, crews)
    ]
    return CrewDay(
        crews=tuple(sorted(crews, key=lambda crew: crew.id)),
        alone=tuple(sorted(_unfit(day, roster) + alone, key=lambda one: one.collector_id)),
        notes=(*notes, *_repeat_notes(formed, pairing.max_days)),
    )


def _unfit(day: Day, roster: Roster) -> list[Alone]:
    """Return those on shift who may not go at all."""
    on_shift = {shift.collector_id for shift in day.shifts}
    return [Alone(id_, why) for id_, why in roster.absent.items() if id_ in on_shift]


def _left(roster: Roster, crews: Iterable[Crew]) -> list[Member]:
    """Return who is on the road and in none of the crews."""
    taken = {collector_id for crew in crews for collector_id in crew.members}
    return [member for member in roster.members.values() if member.id not in taken]


def _repeat_notes(formed: Iterable[Candidate], max_days: int) -> list[PairNote]:
    text = f"together for {max_days} days or more: any other way fewer could go"
    return [PairNote(candidate.pair, text) for candidate in formed if candidate.is_repeat]
