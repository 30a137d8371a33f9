"""A lender's own table of consequences over the house's, as its file tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.following import InvalidPolicyError, house_policy, policy_of
from scheduler.lifecycle import Code

STEPS = '[{ do = "visit_again", after_days = 9 }]'
LINE = f'[codes.NOT_HOME]\nseen = "D"\nsource = "ours"\nsteps = {STEPS}'


def own(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "following.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_line_of_its_own_takes_the_place_of_the_houses(tmp_path: Path) -> None:
    policy = policy_of(own(tmp_path, f'version = "7"\n{LINE}'))
    assert policy.version == f"{house_policy().version}+7"
    assert policy.line(Code.NOT_HOME, "").steps[0].days == 9
    assert policy.line(Code.PTP, "") == house_policy().line(Code.PTP, "")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "following.toml: version: expected text"),
        ("version = ", "following.toml: is no TOML"),
        ('version = "1"\ncodes = 3', "following.toml: codes: expected a table, not 3"),
        ('version = "1"\n[codes]\nPTP = 1', "following.toml: codes.PTP: expected { seen = …"),
        ('version = "1"\n[codes.DANCED]\n', "following.toml: codes.DANCED: unknown result code"),
    ],
)
def test_a_faulty_file_is_told_in_words(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(InvalidPolicyError) as told:
        policy_of(own(tmp_path, text))
    assert fault in str(told.value)
