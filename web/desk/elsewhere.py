"""Every place where a visit could stand, by crew: what it costs there, or what is in the way."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from scheduler.drafts.opened import OpenDraft
from scheduler.editing.quotes import Quote
from scheduler.problem import MILLS
from web.compliance.words import rule_title
from web.desk.opened import open_drafts
from web.language import t
from web.phrases import said


@dataclass(frozen=True, slots=True)
class Gap:
    """A place in a crew's day: before whom, and what it would be there.

    `money` is in the book's currency, less than 0 where the day gains; `minutes` how much longer
    the crews drive. `edits` moves the visit there, '' where something is in the way: `no`.
    """

    before: str
    starts: datetime | None
    minutes: int
    money: float
    edits: str
    no: str = ""


@dataclass(frozen=True, slots=True)
class CrewGaps:
    """A crew with all gaps of its day, the best of them, or why there is none."""

    crew_id: str
    name: str
    best: Gap | None
    no: str
    gaps: tuple[Gap, ...]

    @property
    def allowed(self) -> int:
        """How many gaps are open to the visit."""
        return sum(not gap.no for gap in self.gaps)


MOST_BEST = 3
"""Places that are told first, of all crews: more are not taken in at a glance."""


@dataclass(frozen=True, slots=True)
class Best:
    """One of the best places, and whose it is."""

    name: str
    gap: Gap


def best_places(lines: Iterable[CrewGaps], crew_id: str, starts: datetime) -> list[Best]:
    """Return the cheapest places of all crews, but for the one where the visit stands."""
    every = [
        (gap.money, one.name, gap)
        for one in lines
        for gap in one.gaps
        if not gap.no and (one.crew_id, gap.starts) != (crew_id, starts)
    ]
    every.sort(key=lambda told: told[:2])
    return [Best(name, gap) for _, name, gap in every[:MOST_BEST]]


def elsewhere(
    draft: OpenDraft, visit_id: str, names: Mapping[str, str], stops: Mapping[str, str]
) -> list[CrewGaps]:
    """Return what each crew's gaps offer a visit: crews with room first, the cheapest first.

    `names` are those of crews, `stops` those of visits, masked.
    """
    by_crew: dict[str, list[Quote]] = {}
    content = draft.record.content
    which = (content.city, content.on, draft.record.version)
    for quote in open_drafts().quoter(which, draft).quotes(visit_id):
        by_crew.setdefault(quote.crew_id, []).append(quote)
    lines = [_of_crew(draft, visit_id, id, of, names, stops) for id, of in by_crew.items()]
    return sorted(lines, key=lambda one: (one.best is None, one.best.money if one.best else 0.0))


def _of_crew(
    draft: OpenDraft,
    visit_id: str,
    crew_id: str,
    offered: Iterable[Quote],
    names: Mapping[str, str],
    stops: Mapping[str, str],
) -> CrewGaps:
    gaps = tuple(_gap(draft, visit_id, quote, stops) for quote in offered)
    allowed = [gap for gap in gaps if not gap.no]
    best = min(allowed, key=lambda gap: gap.money, default=None)
    no = "" if best or not gaps else gaps[0].no
    return CrewGaps(crew_id, names.get(crew_id, crew_id), best, no, gaps)


def _gap(draft: OpenDraft, visit_id: str, quote: Quote, stops: Mapping[str, str]) -> Gap:
    before = stops.get(quote.before, quote.before) if quote.before else ""
    if quote.forbidden:
        no = said(quote.forbidden.text)
        if quote.forbidden.rule:
            no = t("%(what)s (%(rule)s)", what=no, rule=rule_title(quote.forbidden.rule))
        return Gap(before, None, 0, 0.0, "", no)
    edit = {"kind": "move", "visit_id": visit_id, "crew_id": quote.crew_id, "before": quote.before,
            "place_id": quote.place_id}  # fmt: skip
    return Gap(
        before,
        draft.problem.at(quote.start_s),
        round(quote.driving_s / 60),
        quote.price / MILLS,
        json.dumps([edit]),
    )
