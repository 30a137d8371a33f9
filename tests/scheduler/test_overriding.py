"""What may be asked to be set aside: a house rule with a reason; a law never."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from scheduler.compliance import ask_override
from scheduler.errors import ConflictError, NotFoundError
from scheduler.overriding import AskedOverride, AskState, refuse_unaskable
from scheduler.restraints import Override
from tests.fakes import NOW, fake_ports
from tests.scheduler.little_book import ON, case, day, rules_of

ASKED = AskedOverride(7, "Town", "b1", "house_hours", ON, "why", AskState.ASKED, "dora", NOW)


def test_every_rule_of_law_is_refused_and_every_rule_of_the_house_can_be_asked() -> None:
    rules = rules_of("CN")
    for name, facts in rules.facts.items():
        if any(fact.seen == "D" for fact in facts):
            refuse_unaskable(rules, name, "a reason")
        else:
            with pytest.raises(ConflictError, match=f"{name} is a rule of law"):
                refuse_unaskable(rules, name, "a reason")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_is_needed(reason: str) -> None:
    with pytest.raises(ConflictError, match="say why house_hours"):
        refuse_unaskable(rules_of("CN"), "house_hours", reason)


def test_a_rule_that_is_not_there_is_told() -> None:
    with pytest.raises(NotFoundError, match="CN have no rule 'moon'"):
        refuse_unaskable(rules_of("CN"), "moon", "a reason")


def test_what_may_not_be_asked_is_not_written() -> None:
    ports = fake_ports(day([case("k1")]))
    with pytest.raises(ConflictError, match="rule of law"):
        ask_override(ports, "Town", "b1", "hours", ON, "a reason", "dora")
    assert cast(Any, ports.store).log == ()


def test_it_is_in_force_once_somebody_allowed_it() -> None:
    assert ASKED.in_force() is None
    allowed = replace(ASKED, state=AskState.ALLOWED, decided_by="olga", decided_at=NOW)
    assert allowed.in_force() == Override(7, "b1", "house_hours", ON, "why", "dora", "olga", NOW)
    for state in (AskState.DECLINED, AskState.WITHDRAWN):
        assert replace(allowed, state=state).in_force() is None
