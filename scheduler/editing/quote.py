"""What one gap of a crew's day offers a visit."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.editing.obstacles import Obstacle


@dataclass(frozen=True, slots=True)
class Quote:
    """A visit made by a crew before its visit `before`, None at the end: at what price, or why not.

    `price` is by how much the plan's cost changes, in thousandths of the book's currency; less than
    0 where the plan gains. `driving_s` and `working_s` are how much longer all touched crews drive
    and work together. The visit would begin at `start_s` at `place_id`; `partner_id` comes too
    where two meet. Where `forbidden` says why not, all of them are nothing.
    """

    crew_id: str
    before: str | None
    price: int = 0
    driving_s: int = 0
    working_s: int = 0
    start_s: int = 0
    place_id: str = ""
    partner_id: str = ""
    forbidden: Obstacle | None = None

    @property
    def is_allowed(self) -> bool:
        return self.forbidden is None
