"""How large a team is looked at, and what is enough: one figure for page, terminal and programs."""

from __future__ import annotations

ENOUGH = 0.95
"""The share of those asked for that is to be visited in time: a house assumption. All of them, on
every day that may come, no team visits: people fall ill, and roads are closed."""

MOST = 60
"""The largest team that is looked at unless somebody asks for more.

Where none is enough the curve reaches up to it, and its last teams take the longest of all to be
worked: figures and times of docs/staffing.md are of up to sixty, and more are not worked unasked.
"""

LARGEST = 500
"""The largest that may be asked for: one more day of such a team takes minutes."""
