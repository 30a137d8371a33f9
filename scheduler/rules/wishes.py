"""What a borrower, or her employer, does not want; and when her life asks for a pause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from scheduler.model import PlaceKind, Window
from scheduler.restraints import PauseKind, Wish, WishBy
from scheduler.rules.base import Attempt, rule
from scheduler.rules.values import WishLimit, read_pauses, read_wish_limit, read_yes
from scheduler.windows import instant


@rule(read_wish_limit)
def blocked_hours(limit: WishLimit, attempt: Attempt) -> str | None:
    """No visit in hours that the borrower has blocked."""
    for window in blocked_windows(limit, attempt):
        if instant(window.start) < instant(attempt.end) and _begins_before(attempt, window):
            return f"she is not to be visited from {window.start:%H:%M} to {window.end:%H:%M}"
    return None


def _begins_before(attempt: Attempt, window: Window) -> bool:
    return instant(attempt.start) < instant(window.end)


def blocked_windows(limit: WishLimit, attempt: Attempt) -> Iterator[Window]:
    """Yield what is blocked on the day, at the place, as far as the rule protects it."""
    zone = attempt.start.tzinfo
    for wish in protected(limit, _standing(attempt)):
        if zone is not None and wish.is_about_visits_at(attempt.place):
            spans = (daily.on(attempt.day.on, zone) for daily in wish.blocked)
            yield from (span for span in spans if span)


def protected(limit: WishLimit, wishes: tuple[Wish, ...]) -> Iterator[Wish]:
    """Yield the wishes that a rule protects: the oldest, up to its hours a week."""
    total = timedelta()
    for wish in wishes:
        total += wish.hours_a_week
        if limit.hours_a_week is None or total <= timedelta(hours=limit.hours_a_week):
            yield wish


@rule(read_yes)
def blocked_places(_: bool, attempt: Attempt) -> str | None:
    """No visit where the borrower does not want any."""
    if any(_blocks(wish, attempt) for wish in _standing(attempt)):
        return f"she is not to be visited at the {attempt.place.kind} address"
    return None


@rule(read_yes)
def employer_forbids(_: bool, attempt: Attempt) -> str | None:
    """No visit at work where the employer forbids it."""
    if attempt.place.kind is not PlaceKind.WORK:
        return None
    hers = (wish for wish in _standing(attempt) if wish.by is WishBy.EMPLOYER)
    return "the employer forbids visits at work" if any(_blocks(w, attempt) for w in hers) else None


def _blocks(wish: Wish, attempt: Attempt) -> bool:
    return not wish.blocked and wish.is_about_visits_at(attempt.place)


def _standing(attempt: Attempt) -> tuple[Wish, ...]:
    return tuple(wish for wish in attempt.dossier.wishes if wish.holds(attempt.day.on))


@rule(read_pauses)
def pauses(kinds: frozenset[PauseKind], attempt: Attempt) -> str | None:
    """No visit while one of these pauses holds."""
    for pause in attempt.dossier.pauses:
        if pause.kind in kinds and pause.holds(attempt.day.on):
            why = str(pause.kind).replace("_", "-")
            if pause.last:
                return f"a pause for {why} holds from {pause.first} until {pause.last}"
            return f"a pause for {why} holds from {pause.first} until it is ended"
    return None
