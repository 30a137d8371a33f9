"""What each rule says to a visit that somebody thinks of."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scheduler.dossier import Dossier
from scheduler.errors import NotFoundError
from scheduler.restraints import Override
from scheduler.trying_rules import try_rules
from tests.scheduler.little_book import ON, at, case, day, rules_of

CN = rules_of("CN")


def refusing(begins: datetime, crew_size: int = 2, dossier: Dossier | None = None) -> set[str]:
    made = replace(day([case("k1")]), dossiers={"b1": dossier or Dossier()})
    said = try_rules(made, CN, "k1", begins, crew_size)
    assert {one.rule for one in said} == set(CN.facts)
    return {one.rule for one in said if one.text and not one.is_set_aside}


def test_a_visit_that_every_rule_lets_pass_and_one_that_three_refuse() -> None:
    """A visit of 20 minutes from 20:00 ends at 20:20, ten before the house's closing."""
    assert refusing(at("20:00")) == set()
    assert refusing(at("20:00") + timedelta(seconds=1)) == {"closing_margin_min"}
    assert refusing(at("21:50"), crew_size=1) == {"hours", "house_hours", "crew_size"}


def test_what_was_set_aside_is_told_as_such() -> None:
    over = Override(1, "b1", "house_hours", ON, "why", "dora", "olga", at("09:00"))
    assert refusing(at("21:00"), dossier=Dossier(overrides=(over,))) == set()


def test_an_unknown_case_is_named() -> None:
    with pytest.raises(NotFoundError, match="no open case 'k9'"):
        try_rules(day([case("k1")]), CN, "k9", at("10:00"), 2)
