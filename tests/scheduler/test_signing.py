"""A profile with doubtful values: nothing is planned by it until somebody signed just those."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from scheduler.compliance import sign_profile
from scheduler.engines.stop_rules import Iterations
from scheduler.errors import ConflictError
from scheduler.rules import Fact, RuleSet
from scheduler.rules.values import Hours
from scheduler.service import Ports, form_day_crews, plan_day, publish_day
from scheduler.signing import (
    Signature,
    UnsignedProfileError,
    digest_of,
    is_signed,
    refuse_unsigned,
    to_sign,
)
from tests.fakes import NOW, fake_ports
from tests.scheduler.little_book import ON, case, day, rules_of
from tests.signing import sign

SINCE = date(2020, 1, 1)


def rules(**facts: Fact) -> RuleSet:
    return RuleSet("XX", "1", "Test", {name: (one,) for name, one in facts.items()})


def fact(value: object, seen: str = "M", *, draft: bool = False, source: str = "a book") -> Fact:
    return Fact(value, source, SINCE, seen, draft)


def test_a_value_from_memory_or_a_draft_needs_a_signature_and_no_other() -> None:
    mixed = rules(
        hours=fact(1, "P"),
        crew_size=fact(2, "S"),
        house_hours=fact(3, "D"),
        workplace=fact(4, "M"),
        stops=fact(5, "S", draft=True),
    )
    assert list(to_sign(mixed)) == ["stops", "workplace"]


def test_cn_is_planned_by_without_a_signature() -> None:
    assert digest_of(rules_of("CN")) == ""
    refuse_unsigned(rules_of("CN"), "Town", [])


def test_a_signature_holds_for_the_same_values_in_any_order() -> None:
    """The hours of a file can be written in any order, and so can its lines."""
    night, noon = (time(8), time(21)), (time(12), time(13))
    one = rules(
        hours=fact(Hours({"any": (night,), "holiday": (noon,)})), stops=fact(frozenset("ab"))
    )
    same = rules(
        stops=fact(frozenset("ba")), hours=fact(Hours({"holiday": (noon,), "any": (night,)}))
    )
    assert digest_of(one) == digest_of(same)


@pytest.mark.parametrize(
    "changed",
    [
        fact(2),
        fact(1, "S", draft=True),
        fact(1, source="another book"),
        replace(fact(1), effective=date(2021, 1, 1)),
    ],
)
def test_a_value_that_changes_in_anything_needs_a_new_signature(changed: Fact) -> None:
    signed = digest_of(rules(crew_size=fact(1)))
    assert is_signed(rules(crew_size=fact(1)), [signed])
    assert not is_signed(rules(crew_size=changed), [signed])


def test_a_value_that_needs_none_may_change_under_a_signature() -> None:
    signed = digest_of(rules(crew_size=fact(1), hours=fact(1, "P")))
    assert is_signed(rules(crew_size=fact(1), hours=fact(2, "P")), [signed])


def test_a_signature_of_another_profile_does_not_hold() -> None:
    doubtful = rules(crew_size=fact(1))
    digest = digest_of(doubtful)
    signature = Signature("Town", "YY", "1", digest, ("crew_size",), "olga", NOW)
    with pytest.raises(UnsignedProfileError, match=r"rules XX hold values .* for Town: crew_size"):
        refuse_unsigned(doubtful, "Town", [signature])
    refuse_unsigned(doubtful, "Town", [replace(signature, profile="XX")])


class Doubtful:
    """Profiles of which the size of a crew is known from memory alone."""

    def __init__(self, size: int = 2) -> None:
        self.size = size

    def names(self) -> list[str]:
        return ["CN"]

    def rules(self, profile: str) -> RuleSet:
        shipped = rules_of(profile)
        return replace(shipped, facts={**shipped.facts, "crew_size": (fact(self.size),)})


def doubtful_ports() -> Ports:
    return replace(fake_ports(day([case("k1")])), profiles=Doubtful())


def test_nothing_is_formed_planned_or_published_before_the_signature() -> None:
    ports = doubtful_ports()
    with pytest.raises(UnsignedProfileError, match="crew_size"):
        form_day_crews(ports, "Town", ON, "dora")
    with pytest.raises(UnsignedProfileError, match="dayround compliance sign CN"):
        plan_day(ports, "Town", ON, "dora", Iterations(1))
    sign(ports)
    plan_day(ports, "Town", ON, "dora", Iterations(1))
    changed = replace(ports, profiles=Doubtful(size=1))
    with pytest.raises(UnsignedProfileError, match="crew_size"):
        publish_day(changed, "Town", ON, "dora")
    publish_day(ports, "Town", ON, "dora")


def test_values_that_changed_while_they_were_read_are_not_signed() -> None:
    ports = doubtful_ports()
    read = digest_of(ports.profiles.rules("CN"))
    changed = replace(ports, profiles=Doubtful(size=1))
    with pytest.raises(ConflictError, match="read them anew"):
        sign_profile(changed, "Town", "CN", read, "olga")
    assert ports.store.signatures("Town") == ()


def test_a_signature_says_who_and_when() -> None:
    ports = doubtful_ports()
    sign(ports)
    (signed,) = ports.store.signatures("Town")
    assert (signed.rules, signed.signed_by, signed.signed_at) == (("crew_size",), "olga", NOW)
