"""What a service says where it does not answer, as geopy's errors."""

from __future__ import annotations

from collections.abc import Mapping

from geopy.exc import GeocoderServiceError

Refusals = Mapping[str, type[GeocoderServiceError]]
"""A service's codes, or the beginnings of codes, and what they mean."""


def refusal(known: Refusals, code: object) -> GeocoderServiceError:
    """Return the error that a code means: that of its longest known beginning.

    `code` stands on the error too. The text that came with it is not repeated: it may hold what
    was asked, or the key.
    """
    text = str(code)[:12]
    begun = [beginning for beginning in known if text.startswith(beginning)]
    kind = known[max(begun, key=len)] if begun else GeocoderServiceError
    error = kind(f"answered {text!r}")
    error.code = text
    return error
