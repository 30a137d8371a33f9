"""Policies as TOML: the house's default, and what a city puts in its place."""

from data.policy.house import house_policy
from data.policy.parts import Fault
from data.policy.reading import InvalidPolicyError, policy_of, read_policy
from data.policy.writing import digest, policy_text

__all__ = [
    "Fault",
    "InvalidPolicyError",
    "digest",
    "house_policy",
    "policy_of",
    "policy_text",
    "read_policy",
]
