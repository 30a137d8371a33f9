"""Her figures as lines: this week, and beside it her own weeks before; never anybody else's."""

from __future__ import annotations

from typing import Any

from scheduler.figures import Difference, Share
from scheduler.figures.own import OwnTally, OwnWeeks
from web.formats import number, percent
from web.language import t
from web.phone.own import words


def figure_lines(weeks: OwnWeeks, *, knows_payments: bool) -> list[dict[str, str]]:
    """Return each figure: what it is, this week's, the usual of the weeks before, and a word."""
    return [*_counts(weeks), _metres(weeks), *_shares(weeks, knows_payments=knows_payments)]


def week_lines(weeks: OwnWeeks) -> list[dict[str, Any]]:
    """Return each week before this one by its Monday, those in which she made visits."""
    return [
        {"first": first.isoformat(), "visits": tally.visits, "met": of(tally.shares["met"])}
        for first, tally in weeks.before
        if tally.visits
    ]


def _counts(weeks: OwnWeeks) -> list[dict[str, str]]:
    return [
        {
            "name": name,
            "words": str(label),
            "now": number(getattr(weeks.this, name)),
            "before": usual(weeks, name),
            "said": "",
        }
        for name, label in words.COUNTS.items()
    ]


def _metres(weeks: OwnWeeks) -> dict[str, str]:
    """Return how far her doors lay apart."""
    return {
        "name": "metres",
        "words": t("Way between your doors, as the crow flies"),
        "now": kilometres(weeks.this.metres),
        "before": kilometres(mean(weeks, "metres")) if worked(weeks) else "–",
        "said": "",
    }


def _shares(weeks: OwnWeeks, *, knows_payments: bool) -> list[dict[str, str]]:
    earlier, differences = weeks.earlier.shares, weeks.differences
    return [
        {
            "name": name,
            "words": str(words.SHARES[name]),
            "now": of(share),
            "before": of(earlier[name]),
            "said": verdict(share, earlier[name], differences[name]),
        }
        for name, share in weeks.this.shares.items()
        if name != "kept" or knows_payments
    ]


def verdict(now: Share, earlier: Share, change: Difference) -> str:
    """Say what may be said of two rates: of small numbers nothing."""
    if not now.of:
        return ""
    if change.is_clear and change.by is not None:
        return str(words.MORE if change.by > 0 else words.LESS)
    return str(words.FEW if now.is_few or earlier.is_few else words.AS_BEFORE)


def of(share: Share) -> str:
    """Write a rate with what it is of: 60% · 12/20."""
    return "–" if share.rate is None else f"{percent(share.rate)} · {share.hits}/{share.of}"


def worked(weeks: OwnWeeks) -> list[OwnTally]:
    """Return the weeks before this one in which she made visits."""
    return [tally for _, tally in weeks.before if tally.visits]


def mean(weeks: OwnWeeks, name: str) -> float:
    """Return the mean of a count over the weeks in which she worked."""
    told = [float(getattr(tally, name)) for tally in worked(weeks)]
    return sum(told) / len(told) if told else 0.0


def usual(weeks: OwnWeeks, name: str) -> str:
    """Write what a week before this one had on average."""
    return number(round(mean(weeks, name), 1)) if worked(weeks) else "–"


def kilometres(metres: float) -> str:
    return t("%(km)s km", km=number(round(metres / 1000, 1)))
