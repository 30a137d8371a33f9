"""What check-ins tell of doors."""

from __future__ import annotations

from web.phrases.phrase import phrase

DOORS = (
    phrase(
        "%(count)s of %(full)s visits, on %(days)s days by the phones of %(size)s collectors, "
        "stood within %(metres)s m of a point that is %(far)s m from where the place is; somebody "
        "answered the door on %(least)s of them"
    ),
    phrase(
        "%(count)s of the %(full)s places that are far from where crews stood are off by about "
        "%(metres)s m in one direction, as coordinates in %(meant)s are that were read as "
        "%(told)s: import their list again with its right datum, and look whether the phones' "
        "browser tells WGS-84"
    ),
)
