"""The levers of the question: what each is called, what it means, and what may be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import LazyString

from scheduler.headcount.book import Assumptions
from scheduler.headcount.feedback import Mode
from scheduler.headcount.figures import Wages
from scheduler.headcount.limits import ENOUGH, LARGEST, MOST
from scheduler.headcount.paths import PATHS
from scheduler.headcount.scenario import Aim, Chances, Pairs, Scenario, Starts
from scheduler.reserve.asked import NO_RESERVE, RESERVES
from web.dispatch.words import MODES
from web.language import lazy_t
from web.settings_pages.words import OWNER_POLICIES, PROFILE_TITLES

HUNDRED = 100
MOST_PATHS = 20
Options = Sequence[tuple[str, LazyString]]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is asked for, from `low` to `high`; a percentage is a share in the question."""

    label: LazyString
    low: float
    high: float
    usual: float
    is_whole: bool = True
    hint: LazyString | str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several; the first is taken where nothing is said, and '' leaves all as it is."""

    label: LazyString
    hint: LazyString
    options: Options


@dataclass(frozen=True, slots=True)
class Text:
    """Something to be written."""

    label: LazyString
    hint: LazyString
    type: str = "text"


def _percent(label: LazyString, usual: float, hint: LazyString | str = "") -> Number:
    return Number(label, 0, HUNDRED, usual * HUNDRED, False, hint)


def _or_as_is(as_is: LazyString, options: Iterable[tuple[str, LazyString]]) -> Options:
    return [("", as_is), *((str(value), words) for value, words in options)]


USUAL, WAGES, ASSUMED = Scenario(0), Wages(), Assumptions()
NUMBERS: Mapping[str, Number] = {
    "within": Number(lazy_t("Within days"), 1, 60, USUAL.target.within_days),
    "employed": Number(lazy_t("Show a team of"), 0, LARGEST, 0),
    "share": Number(
        lazy_t("Share that is enough, in percent"),
        1,
        HUNDRED,
        ENOUGH * HUNDRED,
        False,
        lazy_t("Of the cases asked for; of each target by itself where there are several."),
    ),
    "days_a_week": Number(
        lazy_t("Days a week that each works"),
        1,
        7,
        USUAL.days_a_week,
        hint=lazy_t("Who is off when is settled where days off are worked or there is an evening."),
    ),
    "absence": _percent(
        lazy_t("Shifts that nobody comes to, in percent"),
        USUAL.absence,
        lazy_t("Known in the morning: the day is planned without her."),
    ),
    "no_show": _percent(
        lazy_t("No-shows, in percent of the others"),
        USUAL.no_show,
        lazy_t("Not known in the morning: the day was planned with her."),
    ),
    "growth": _percent(lazy_t("New borrowers a week, in percent"), USUAL.growth),
    "p_kept": _percent(
        lazy_t("Promises that are kept, in percent"),
        ASSUMED.p_kept,
        lazy_t("A promise that is kept pays the case; a broken one has to be visited."),
    ),
    "most": Number(lazy_t("Largest team that might be"), 1, LARGEST, MOST),
    "per_shift": Number(lazy_t("Cost of a shift"), 0, 100_000, WAGES.per_shift, False),
    "per_overtime_hour": Number(
        lazy_t("Cost of an hour of overtime"), 0, 100_000, WAGES.per_overtime_hour, False
    ),
    "worth": _percent(
        lazy_t("Recovered money that counts, in percent"),
        WAGES.worth,
        lazy_t("For the break-even: all of it for a lender, its fee for an agency."),
    ),
    "paths": Number(
        lazy_t("Paths of the book"),
        1,
        MOST_PATHS,
        PATHS,
        hint=lazy_t(
            "Each has luck of its own and takes about as long again. With one, bands are too "
            "narrow. In feedback mode each replication is a path."
        ),
    ),
    "seed": Number(lazy_t("Seed of chance"), 0, 2**31 - 1, 0),
}
LEVERS = ("within", "employed")
"""The first numbers; the hours stand beside them."""

OTHERS: Mapping[str, LazyString] = {
    "begins": lazy_t("Shifts begin"),
    "ends": lazy_t("Shifts end"),
    "bucket": lazy_t("From bucket"),
}
"""What else is asked, and what it is called."""

CHOICES: Mapping[str, Choice] = {
    "owners": Choice(
        lazy_t("A case's owner"),
        lazy_t(
            "Fixed: owned cases, of which who is hired takes an equal share over. Ignored: all "
            "cases are pooled."
        ),
        _or_as_is(lazy_t("as in the city's settings"), OWNER_POLICIES.items()),
    ),
    "pairs": Choice(
        lazy_t("Pairs"),
        lazy_t("Fixed: who is alone while her partner is away stays at home, where two must go."),
        _or_as_is(
            lazy_t("as listed, the others daily"),
            [
                (Pairs.FIXED, lazy_t("fixed (always the same two)")),
                (Pairs.DAILY, lazy_t("all formed anew each day")),
            ],
        ),
    ),
    "starts": Choice(
        lazy_t("Days begin and end"),
        lazy_t("The office is where most of the team start now."),
        _or_as_is(
            lazy_t("where each does now"),
            [
                (Starts.OFFICE, lazy_t("all at the office")),
                (Starts.SPREAD, lazy_t("spread, near the cases")),
            ],
        ),
    ),
    "moves_by": Choice(
        lazy_t("Means of travel"),
        lazy_t("The whole team moves so."),
        _or_as_is(lazy_t("as each moves now"), MODES.items()),
    ),
    "chances": Choice(
        lazy_t("Plans know"),
        lazy_t("Borrowers are in as learned or assumed either way; a plan may know it or not."),
        [
            (Chances.LEARNED, lazy_t("when people are likely to be in")),
            (Chances.WINDOWS, lazy_t("people's hours alone")),
        ],
    ),
    "aim": Choice(
        lazy_t("Plans go first"),
        lazy_t(
            "By worth alone, as the daily plan weighs it, far and small cases are left out however "
            "many are employed."
        ),
        [
            (Aim.TARGET, lazy_t("to whom the target waits for")),
            (Aim.WORTH, lazy_t("where it is worth most")),
        ],
    ),
    "reserve": Choice(
        lazy_t("Reserve"),
        lazy_t(
            "Room for ways and visits that take longer than usual, so that appointments hold more "
            "often; fewer visits fit."
        ),
        [
            (str(NO_RESERVE), lazy_t("no reserve")),
            *(
                (str(one), lazy_t("reserve %(share)s", share=f"{one}%"))
                for one in RESERVES
                if one != NO_RESERVE
            ),
        ],
    ),
    "profile": Choice(
        lazy_t("Contact rules"),
        lazy_t("Another country's rules, as a comparison: nothing is planned by them."),
        _or_as_is(lazy_t("those of the city"), PROFILE_TITLES.items()),
    ),
    "mode": Choice(
        lazy_t("Way of simulating"),
        lazy_t(
            "Feedback: every replication has its own book and plans, and takes about twenty times "
            "as long. It is told how far the two differ."
        ),
        [
            (Mode.EXECUTION, lazy_t("execution (one plan, many drives)")),
            (Mode.FEEDBACK, lazy_t("feedback (many books and plans)")),
        ],
    ),
}
TEXTS: Mapping[str, Text] = {
    "first": Text(lazy_t("First day"), lazy_t("Tomorrow, where nothing is said."), "date"),
    "also": Text(
        lazy_t("Further targets"),
        lazy_t("M4:7 is from M4 on within 7 days; several with commas. Each has to be met."),
    ),
    "evening_begins": Text(
        lazy_t("Evening shifts begin"), lazy_t("Who works late when is settled."), "time"
    ),
    "evening_ends": Text(lazy_t("Evening shifts end"), lazy_t("Both, or none."), "time"),
    "hired_skills": Text(
        lazy_t("Skills of who is hired"),
        lazy_t("With commas; as most have, where nothing is said."),
    ),
}
SWITCHES: Mapping[str, tuple[LazyString, LazyString]] = {
    "weekends": (
        lazy_t("Days off are worked, too"),
        lazy_t("Each has her days off on other days then."),
    ),
    "zones": (
        lazy_t("Each keeps to her district"),
        lazy_t("Where she starts; who is hired lives where most cases wait for one. No owners."),
    ),
    "renewed": (
        lazy_t("Certificates are renewed"),
        lazy_t("As if none had expired, or would: beside the other answer, what renewing brings."),
    ),
}
"""What is on or off: its name, and what it means."""

GROUPS: Sequence[tuple[LazyString, Sequence[str]]] = (
    (lazy_t("What is asked"), ("bucket", "share", "also", "first")),
    (
        lazy_t("The team"),
        ("most", "hired_skills", "pairs", "starts", "moves_by", "zones", "renewed"),
    ),
    (
        lazy_t("Who comes when"),
        ("days_a_week", "weekends", "evening_begins", "evening_ends", "absence", "no_show"),
    ),
    (lazy_t("Cases and rules"), ("owners", "growth", "p_kept", "profile")),
    (lazy_t("What it costs and brings"), ("per_shift", "per_overtime_hour", "worth")),
    (lazy_t("How it is worked out"), ("mode", "aim", "chances", "reserve", "paths", "seed")),
)
"""What stands under *More*, in the order in which one asks for it."""

IN_ORDER = (*LEVERS, "begins", "ends", *(name for _, names in GROUPS for name in names))
"""All of them, as the page has them."""
