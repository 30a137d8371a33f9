"""Passwords and one-time codes: how they are made, kept and compared."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from scheduler.errors import DayroundError

SHORTEST, LONGEST = 10, 200
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another
CODE_GROUPS, CODE_GROUP = 4, 5


class PasswordError(DayroundError):
    """A password that is not taken."""


class ShortPasswordError(PasswordError):
    def __init__(self) -> None:
        super().__init__(f"the password has fewer than {SHORTEST} characters: take a longer one")


class LongPasswordError(PasswordError):
    def __init__(self) -> None:
        super().__init__(f"the password has more than {LONGEST} characters: take a shorter one")


class GuessablePasswordError(PasswordError):
    def __init__(self) -> None:
        super().__init__("the password is too easy to guess: take several words, or a longer mix")


def check_password(password: str, user: str) -> None:
    """Refuse a password that is short, endless, or made of the user's name or of few characters.

    Length is what counts (NIST SP 800-63B): no kind of character is asked for.
    """
    if len(password) < SHORTEST:
        raise ShortPasswordError
    if len(password) > LONGEST:
        raise LongPasswordError
    rest = password.casefold().replace(user, "")
    if len(rest) < SHORTEST // 2 or len(set(rest)) < SHORTEST // 2:
        raise GuessablePasswordError


def password_hash(password: str) -> str:
    """Return what is kept of a password: Argon2id with the parameters of RFC 9106."""
    return PasswordHasher().hash(password)


def is_password(password: str, kept: str | None) -> bool:
    """Compare a password with what was kept; without one it takes as long, and is wrong."""
    try:
        return PasswordHasher().verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return password_hash(secrets.token_hex())


def is_outdated(kept: str) -> bool:
    """Tell whether a kept password was hashed with weaker parameters than today's."""
    return PasswordHasher().check_needs_rehash(kept)


def new_code(groups: int = CODE_GROUPS, group: int = CODE_GROUP) -> str:
    """Return a one-time code that can be read aloud: 4 groups of 5, 99 bits."""
    return "-".join(
        "".join(secrets.choice(CODE_LETTERS) for _ in range(group)) for _ in range(groups)
    )


def new_password() -> str:
    """Return a password that can be typed on a phone: 3 groups of 4, 59 bits."""
    return new_code(3, 4).lower()


def code_digest(code: str) -> str:
    """Return what is kept of a code, however its letters and dashes are typed."""
    letters = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


def is_code(code: str, kept: str | None) -> bool:
    """Compare a code with what was kept."""
    return kept is not None and hmac.compare_digest(code_digest(code), kept)
