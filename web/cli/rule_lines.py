"""How a terminal tells rules: what they say, and what they say to a visit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from web.cli.common import answer, escaped

if TYPE_CHECKING:
    from scheduler.rules import Duty, Fact, Facts, RuleSet
    from scheduler.trying_rules import Said

SEEN = {
    "P": "official text",
    "S": "secondary source",
    "M": "from memory, unverified",
    "D": "house default",
}


def profile(found: RuleSet) -> None:
    """Tell every value of a profile in words, with the paper it stands on."""
    answer(f"[bold]{found.profile} {escaped(found.title)}[/], version {found.version}")
    _table("Visits", found.facts)
    _table("Calls and messages", found.calls)
    _table("How long attachments are kept", found.keeping)
    if found.duties:
        answer("\n[bold]What collectors have to do[/]")
    for duty in found.duties:
        answer(f"  {escaped(duty.text)}")
        answer(f"    [dim]{escaped(paper(duty))}[/]")


def _table(title: str, table: Facts) -> None:
    if table:
        answer(f"\n[bold]{title}[/]")
    values(table)


def values(table: Facts) -> None:
    """Tell each value in words, and below it where it stands."""
    from web.settings_pages.rules import told

    for name, facts in table.items():
        for fact in facts:
            answer(f"  {name}: {escaped(told(name, fact))}")
            answer(f"    [dim]{escaped(paper(fact))}[/]")


def tried(said: Sequence[Said]) -> None:
    """Tell place by place what refuses a visit, then what lets it pass."""
    for place, told in groupby(said, key=lambda one: one.place):
        at_place = list(told)
        refusing = [one for one in at_place if answer_of(one) == "refuses"]
        answer(f"\n[bold]{place.kind}[/] {escaped(place.id)}: {_verdict(at_place, refusing)}")
        for one in sorted(at_place, key=_refusals_first):
            why = f": {escaped(one.text)}" if one.text else ""
            answer(f"  {_shown(one)} {one.rule}{why}")
            answer(f"            [dim]{escaped(paper(one.fact))}[/]")


def _verdict(told: Sequence[Said], refusing: Sequence[Said]) -> str:
    if not refusing:
        return f"all {len(told)} values let it pass"
    return f"[bold red]refused[/] by {len(refusing)} of {len(told)} values"


def _refusals_first(one: Said) -> int:
    return ("refuses", "set aside", "passes").index(answer_of(one))


def _shown(one: Said) -> str:
    told = answer_of(one)
    return f"[red]{told:9}[/]" if told == "refuses" else f"{told:9}"


def answer_of(one: Said) -> str:
    """Return what a value says in one word or two."""
    if not one.text:
        return "passes"
    return "set aside" if one.is_set_aside else "refuses"


def paper(told: Fact | Duty) -> str:
    """Tell whose word a value is, where it stands, how that was seen and in which version."""
    seen = f"{SEEN[told.seen]} ({told.seen})" if told.source != SEEN[told.seen] else told.seen
    since = f"since {told.effective}" if told.effective else ""
    draft = "a draft" if told.is_draft else ""
    version = f"version {told.version}" if told.version else ""
    words = (told.layer, told.source, since, draft, seen, version)
    return " · ".join(word for word in words if word)


def authority(fact: Fact) -> str:
    """Return whether a value is of the law, or of the house."""
    return "law" if fact.is_law else "house"
