"""What a service says where it does not answer, as geopy's errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase

from geopy.exc import GeocoderParseError, GeocoderServiceError

Refusals = Mapping[str, type[GeocoderServiceError]]
"""A service's codes, in which ? stands for any digit, and what they mean."""


def refusal(known: Refusals, code: object) -> GeocoderServiceError:
    """Return the error that a code means, by the entry that tells most of it.

    `code` stands on the error too. The text that came with it is not repeated: it may hold what
    was asked, or the key.
    """
    text = str(code)[:12]
    fitting = [each for each in known if fnmatchcase(text, each)]
    kind = known[min(fitting, key=lambda each: each.count("?"))] if fitting else None
    error = (kind or GeocoderServiceError)(f"answered {text!r}")
    error.code = text
    return error


@contextmanager
def reading() -> Iterator[None]:
    """Tell an answer that has another form than is documented as one that cannot be read.

    Nothing of it is told: it may hold what was asked.
    """
    try:
        yield
    except GeocoderServiceError:  # some of them are ValueErrors, too
        raise
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
        raise GeocoderParseError("answered in another form than is documented") from None
