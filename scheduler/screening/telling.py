"""Why a borrower, or one of her cases, is left out of the day: the sentences and their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from routing.geocoding import Precision
from scheduler.entrusted import name_of
from scheduler.model import Borrower, Case, Place, Window
from scheduler.plan import LeftOut, Reason
from scheduler.rules import Refusal
from scheduler.screening.candidate import Candidate


def why_not_placed(places: Sequence[Place]) -> str:
    """Say what is missing to send somebody to one of a borrower's places."""
    if not places:
        return "no address is known"
    valid = [place for place in places if place.is_valid]
    if not valid:
        return "every address is marked as not valid"
    best = min(valid, key=lambda place: list(Precision).index(place.precision))
    if best.point is None or best.precision is Precision.NONE:
        return f"the {best.kind} address was not found: correct it, or give its position"
    if best.precision.is_plannable:
        return f"the {best.kind} address may not be where it was found: check it"
    return f"the {best.kind} address was found to its {best.precision} only: check it"


def hours_do_not_meet(
    minutes: float, hers: Sequence[list[Window] | None], lawful: Sequence[Window]
) -> str:
    """Say both sides; `hers` are her hours at each place, None where any hour suits her."""
    if None in hers:
        return f"no visit of {minutes:g} min fits the lawful hours: {_clock(lawful) or 'none'}"
    told = _clock(window for windows in hers if windows for window in windows) or "none today"
    return (
        f"no visit of {minutes:g} min fits both her hours ({told}) and the lawful ones: "
        f"{_clock(lawful) or 'none'}"
    )


def _clock(windows: Iterable[Window]) -> str:
    """Return windows as a clock has them, each once and in order."""
    return ", ".join(sorted({f"{w.start:%H:%M}-{w.end:%H:%M}" for w in windows}))


def not_entrusted(id_: str, cases: Sequence[Case], on: date) -> LeftOut:
    """Say when its agency may work a case, or could: of several, the first."""
    case = cases[0]
    if case.returns_on is not None and case.returns_on < on:
        detail = f"its entrustment to {case.agency or 'us'} ended on {case.returns_on}"
    else:
        detail = f"it is entrusted to {case.agency or 'us'} from {case.entrusted_on} on only"
    return leave_out(id_, cases, Reason.NOT_ENTRUSTED, detail)


def without_crew(id_: str, cases: Sequence[Case]) -> LeftOut:
    whose = cases[0].agency
    detail = (
        f"no crew of {whose} is on the road today: put its collectors on shift and form crews "
        "again, or entrust the case to another agency"
        if whose
        else "no crew of our own staff is on the road today: put collectors on shift and form "
        "crews again, or entrust the case to an agency"
    )
    return leave_out(id_, cases, Reason.NO_CREW_OF_AGENCY, detail)


def after_others(candidate: Candidate) -> LeftOut:
    detail = (
        "one agency visits a borrower on a day, and today another one's cases of hers come first"
    )
    return leave_out(candidate.borrower.id, candidate.cases, Reason.OTHER_AGENCY, detail)


def with_others(id_: str, cases: Sequence[Case], sent: str) -> LeftOut:
    detail = f"no open case of hers is with {name_of(sent)}, whose crew was to go"
    return leave_out(id_, cases, Reason.OTHER_AGENCY, detail)


def of_each(borrower: Borrower, entry: LeftOut) -> Iterator[LeftOut]:
    """Tell what leaves a borrower out as what leaves out each of the cases that it is about."""
    if entry.visit_id != borrower.id:
        yield entry
        return
    for id_ in entry.case_ids:
        yield replace(entry, visit_id=f"{borrower.id}/{id_}", case_ids=(id_,))


def refused(id_: str, cases: Sequence[Case], refusal: Refusal) -> LeftOut:
    return leave_out(id_, cases, Reason.RULE, refusal.text, refusal.rule)


def leave_out(
    id_: str, cases: Sequence[Case], reason: Reason, detail: str, rule: str = ""
) -> LeftOut:
    return LeftOut(id_, reason, detail, rule, case_ids=tuple(case.id for case in cases))
