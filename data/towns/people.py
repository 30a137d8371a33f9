"""The people of a made-up town who owe: borrowers, their contracts and where they may be met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from data.towns.lots import Use
from data.towns.places import Address, Directory
from data.towns.writing import Scribe

Row = dict[str, str | int | float]
"""A line of a file, by the field names of its columns."""

LENDER = "示例消费金融"
AGENCY = "示例外访服务"
PHONE_PREFIX = "127"
"""Mobile numbers of mainland China begin with 13 to 19, and no service number with 127."""

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余"
GIVEN = "伟芳娜敏静丽强磊洋艳勇军杰娟涛超明霞秀平刚桂兰玉萍红鹏华丹斌燕辉玲宇浩凯欣怡晨雪梅"
PRODUCTS = {"随心贷": 45, "家装贷": 20, "手机分期": 20, "车主贷": 15}
VEHICLE_PRODUCT, VEHICLE_SKILL = "车主贷", "车辆查勘"
BUCKET_WEIGHTS = (30, 22, 16, 11, 8, 6, 7)  # M1 … M7 beyond 180 days
STOPS = ("争议", "投诉", "律师代理", "住院", "已结清", "撤回同意")
WINDOWS = (
    "工作日 18:00-20:30",
    "工作日 19:00-20:30; 周末 09:00-12:00",
    "每天 09:00-11:30",
    "每天 13:00-17:00",
    "周末 09:00-18:00",
)
SHARES = {
    "second contract": 0.08, "work": 0.4, "registered": 0.2, "windows": 0.25, "assigned": 0.45,
    "owner": 0.6, "stop": 0.025, "promise": 0.06, "appointment": 0.03, "visited": 0.45,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """Addresses to choose from, each as often as many live there."""

    addresses: Sequence[Address]
    cumulative: Sequence[float]

    def take(self, rng: Random) -> Address:
        return rng.choices(self.addresses, cum_weights=self.cumulative)[0]


def choice_of(addresses: Sequence[Address], radius_m: float) -> Choice:
    """Weigh addresses by their size, less the farther from the centre of the town."""
    weights = (address.size / (0.15 + (abs(address.at) / radius_m) ** 2) for address in addresses)
    return Choice(addresses, list(accumulate(weights)))


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Where people live, and where they work."""

    homes: Choice
    works: Choice


def make_neighbourhood(directory: Directory, radius_m: float) -> Neighbourhood:
    lots = directory.lots.values()
    compounds = [lot for lot in lots if lot.use is Use.COMPOUND]
    works = [lot for lot in lots if lot.use in (Use.SHOPS, Use.WORKS, Use.SCHOOL)]
    homes = [*directory.doors, *directory.lanes.values(), *compounds]
    return Neighbourhood(choice_of(homes, radius_m), choice_of(works or homes, radius_m))


@dataclass(slots=True)
class Register:
    """Makes the case list; `truth` is where each address that it wrote lies on the board."""

    rng: Random
    on: date
    scribe: Scribe
    neighbourhood: Neighbourhood
    collectors: Sequence[tuple[str, complex]]
    truth: dict[str, complex] = field(default_factory=dict)

    def cases(self, count: int) -> list[Row]:
        """Return `count` contracts; some borrowers have two."""
        rows: list[Row] = []
        person: Row = {}
        for number in range(1, count + 1):
            if not person or not self._happens("second contract"):
                person = self._person(number)
            rows.append({"contract": f"DEMO-{number:06}", **person, **self._debt(), **self._past()})
        return rows

    def _happens(self, what: str) -> bool:
        return self.rng.random() < SHARES[what]

    def _person(self, number: int) -> Row:
        rng = self.rng
        home = self.neighbourhood.homes.take(rng)
        row: Row = {
            "client_id": f"DEMO-C{number:06}",
            "name": person_name(rng),
            "phone": f"{PHONE_PREFIX}{number:08}",
            "agency": AGENCY,
            "home_address": self._written(home),
        }
        if self._happens("windows"):
            row["home_windows"] = rng.choice(WINDOWS)
        if self._happens("work"):
            row["work_address"] = self._written(self.neighbourhood.works.take(rng))
        if self._happens("registered"):
            row["registered_address"] = self._written(self.neighbourhood.homes.take(rng))
        if self._happens("owner"):
            near = rng.sample(self.collectors, min(4, len(self.collectors)))
            row["owner"] = min(near, key=lambda collector: abs(collector[1] - home.at))[0]
        return row

    def _written(self, address: Address) -> str:
        """Return the address as written; now and then one that is nowhere."""
        if bad := self.scribe.write_badly(address):
            return bad
        text = self.scribe.write(address)
        self.truth[text] = address.at
        return text

    def _debt(self) -> Row:
        rng = self.rng
        product = rng.choices(list(PRODUCTS), list(PRODUCTS.values()))[0]
        overdue = round(rng.lognormvariate(8.6, 0.9), 2)  # median 5,400
        bucket = rng.choices(range(len(BUCKET_WEIGHTS)), BUCKET_WEIGHTS)[0]
        row: Row = {
            "product": f"{LENDER}{product}",
            "principal": round(overdue * rng.uniform(1.2, 6), 2),
            "overdue": overdue,
            "days_past_due": bucket * 30 + rng.randrange(1, 31),
            "assigned": "是" if self._happens("assigned") else "否",
        }
        if product == VEHICLE_PRODUCT:
            row["skills"] = VEHICLE_SKILL
        return row

    def _past(self) -> Row:
        """Return what has happened to the contract, and what has been agreed."""
        rng = self.rng
        row: Row = {"stop": rng.choice(STOPS) if self._happens("stop") else "否"}
        if self._happens("promise"):
            row["promise_due"] = self._day(rng.randrange(-2, 7))
        if self._happens("appointment"):
            hour = rng.randrange(9, 18)
            row["appointment"] = f"{self._day(rng.randrange(4))} {hour:02}:00-{hour + 2:02}:00"
        if self._happens("visited"):
            row["last_visit"] = self._day(-rng.randrange(1, 45))
        return row

    def _day(self, ahead: int) -> str:
        return (self.on + timedelta(days=ahead)).isoformat()


def person_name(rng: Random) -> str:
    """Return a surname and one or two characters, from lists."""
    given = "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2))))
    return rng.choice(SURNAMES) + given
