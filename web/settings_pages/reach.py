"""How far an administrator's hand reaches: everywhere, a city, or one agency in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort

from data.access import Grant, Role, User
from data.store.office import Sight
from web.auth.access import current_user


@dataclass(frozen=True)
class Reach:
    """The grants of a role that somebody holds; with them goes what these cover, nothing else."""

    grants: tuple[Grant, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it reaches everywhere."""
        return self.covers("")

    def covers(self, city: str, agency: str = "") -> bool:
        """Tell whether a city, or one agency in it, lies inside; '' is every city."""
        return any(mine.city in ("", city) and mine.agency in ("", agency) for mine in self.grants)

    def covers_grant(self, grant: Grant) -> bool:
        """Tell whether a grant may be given or taken back."""
        return self.covers(grant.city, grant.agency)

    def sees(self, user: User) -> bool:
        """Tell whether a user works inside, or nowhere yet."""
        return not user.grants or any(map(self.covers_grant, user.grants))

    def owns(self, user: User) -> bool:
        """Tell whether a user works nowhere else, so that the whole log-in may be changed."""
        return all(map(self.covers_grant, user.grants))

    def sight(self, users: Iterable[User]) -> Sight:
        """Return the events that it shows."""
        names = [user.name for user in users if self.sees(user) and user.grants]
        cities = {grant.city: self._agencies(grant.city) for grant in self.grants}
        return Sight(cities, names, self.is_whole)

    def _agencies(self, city: str) -> frozenset[str] | None:
        names = frozenset(grant.agency for grant in self.grants if grant.city == city)
        return None if "" in names else names


def reach(*roles: Role) -> Reach:
    """Return how far the person who asks reaches by these roles; by default, as administrator."""
    roles = roles or (Role.ADMINISTRATOR,)
    return Reach(tuple(grant for grant in current_user.grants if grant.role in roles))


def only_for_the_whole_city(city: str) -> None:
    """Refuse what touches every agency's work to the administrator of one."""
    if not reach().covers(city):
        abort(403)
