"""How people write addresses: with or without district, number, room; some wrongly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from data.towns.names import CITY, Name, NameBook
from data.towns.places import Address, Kind
from data.towns.plat import Grade

WITHOUT_CITY = 0.15
WITHOUT_DISTRICT = 0.25
WITHOUT_NUMBER = 0.1
BY_NAME_ALONE = 0.6  # of those who live in a compound
FULL_WIDTH = 0.04
ONLY_DISTRICT = 0.006
WRONG_STREET = 0.02
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes addresses; streets that it invents are none of the town's."""

    rng: Random
    book: NameBook
    district_of: Mapping[int, Name]

    def write(self, address: Address) -> str:
        """Return an address as a person writes it, which can be found on the map."""
        text = self._areas(address)
        if address.kind is Kind.DOOR and self.rng.random() < WITHOUT_NUMBER:
            text += address.street.zh if address.street else ""
        else:
            text += self._street(address) + self._inside(address)
        return text.translate(WIDE) if self.rng.random() < FULL_WIDTH else text

    def write_badly(self, address: Address) -> str | None:
        """Return an address that cannot be found, now and then; else None."""
        chance = self.rng.random()
        district = CITY.zh + self.district_of[address.quarter].zh
        if chance < ONLY_DISTRICT:
            return district
        if chance < ONLY_DISTRICT + WRONG_STREET:
            number = self.rng.randrange(1, 300)
            return f"{district}{self.book.street(Grade.RESIDENTIAL).zh}{number}号"
        return None

    def _areas(self, address: Address) -> str:
        city = CITY.zh if self.rng.random() >= WITHOUT_CITY else ""
        has_district = self.rng.random() >= WITHOUT_DISTRICT
        return city + (self.district_of[address.quarter].zh if has_district else "")

    def _street(self, address: Address) -> str:
        if address.street is None or (
            address.kind is Kind.LOT and self.rng.random() < BY_NAME_ALONE
        ):
            return ""
        if address.kind is Kind.LANE:
            return f"{address.street.zh}{address.number}弄"
        return f"{address.street.zh}{address.number}号"

    def _inside(self, address: Address) -> str:
        rng = self.rng
        room = f"{rng.randrange(1, 7)}0{rng.randrange(1, 5)}室"
        if address.kind is Kind.LANE:
            return f"{rng.randrange(1, 2 + int(address.size))}号{rng.choice((room, ''))}"
        if address.kind is Kind.DOOR:
            return rng.choice(("", "", room, f"{rng.randrange(1, 4)}楼"))
        building = rng.randrange(1, 3 + int(address.size) // 8)
        ways = (f"{building}号楼{room}", f"{building}幢{rng.randrange(1, 4)}单元{room}", "")
        return (address.name.zh if address.name else "") + rng.choice(ways)
