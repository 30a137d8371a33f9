"""Who is shown how much of a person."""

from __future__ import annotations

import pytest

from data.access import Role
from data.masking import Masking, masking_for


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.COLLECTOR, Role.COMPLIANCE])
def test_who_works_with_people_sees_them_masked_and_whole_when_asked(role: Role) -> None:
    assert masking_for(role) is Masking.MASKED
    assert masking_for(role, asked=True) is Masking.FULL


@pytest.mark.parametrize("role", [Role.PLANNER, Role.ADMINISTRATOR])
def test_who_works_with_numbers_sees_nobody_however_asked(role: Role) -> None:
    assert masking_for(role) is Masking.STREET
    assert masking_for(role, asked=True) is Masking.STREET
