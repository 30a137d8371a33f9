"""The columns of places and coordinates."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import NamedTuple

from data.readers import values
from data.readers.columns import Column
from data.readers.hours import windows
from data.readers.words import DATUMS, PLACE_KINDS, YES_NO, one_of
from scheduler.model import PlaceKind

YES_OR_NO = ("是", "否", "yes", "no")

DATUM = Column(
    "datum",
    "坐标系",
    "Datum",
    one_of(DATUMS, "WGS-84, GCJ-02 or BD-09"),
    "经纬度所用坐标系：GPS、OSM 为 WGS-84，高德、腾讯为 GCJ-02，百度为 BD-09",
    "What the coordinates are measured in: WGS-84 (GPS, OSM), GCJ-02 (高德, 腾讯), BD-09 (百度)",
    ("坐标类型", "坐标系统", "coordinate system", "crs"),
    choices=("WGS-84", "GCJ-02", "BD-09"),
    example="WGS-84",
)


class Prefix(NamedTuple):
    """What stands before 'address' in fields and titles; the first words make the title."""

    field: str
    kind: PlaceKind | None
    zh: tuple[str, ...]
    en: tuple[str, ...]


PREFIXES = (
    Prefix(
        "home_",
        PlaceKind.HOME,
        ("家庭", "住宅", "居住", "现居", "家"),
        ("Home", "Residence", "Residential"),
    ),
    Prefix(
        "registered_",
        PlaceKind.REGISTERED,
        ("户籍", "户口"),
        ("Registered", "Household register"),
    ),
    Prefix(
        "work_",
        PlaceKind.WORK,
        ("单位", "公司", "工作", "工作单位"),
        ("Work", "Office", "Employer", "Company"),
    ),
    Prefix("", None, ("", "其他", "联系", "外访"), ("", "Other", "Contact", "Visit")),
)
"""Of the place without a prefix the row says the kind, in `place_kind`; else it is OTHER."""

_PARTS = (
    Column(
        "address",
        "地址",
        "Address",
        values.text,
        "完整地址，从省市到门牌；地址与经纬度至少填一个",
        "Full address; each case needs one address or coordinates",
        ("详细地址", "street address"),
        ("place.address", "place.kind"),
    ),
    Column(
        "lat",
        "纬度",
        "Latitude",
        values.latitude,
        "纬度，十进制度数；须注明坐标系",
        "Degrees north, decimal; the datum must be stated",
        ("lat", "坐标纬度", "gps lat"),
        ("place.point", "place.precision", "place.radius_m", "place.confidence"),
    ),
    Column(
        "lon",
        "经度",
        "Longitude",
        values.longitude,
        "经度，十进制度数；须注明坐标系",
        "Degrees east, decimal; the datum must be stated",
        ("lon", "lng", "long", "坐标经度", "gps lon"),
        ("place.point", "place.precision", "place.radius_m", "place.confidence"),
    ),
    Column(
        "windows",
        "可上门时间",
        "Availability",
        windows,
        "方便上门的时段，如 工作日 18:00-20:00；周末 10:00-12:00",
        "Hours that suit, as in Mon-Fri 18:00-20:00; Sat,Sun 10:00-12:00",
        ("可访时间", "方便时间", "availability windows", "windows", "time windows", "available"),
        ("place.windows",),
    ),
    Column(
        "source",
        "地址来源",
        "Source",
        values.text,
        "地址从何而来；空则为 lender's file",
        "Where the address comes from; lender's file where empty",
        ("来源", "address source"),
        ("place.source",),
    ),
    Column(
        "lawful_basis",
        "合法依据",
        "Lawful basis",
        values.text,
        "处理该地址的合法依据；空则为 contract",
        "On what ground the address is used; contract where empty",
        ("处理依据", "legal basis"),
        ("place.lawful_basis",),
    ),
    Column(
        "valid",
        "地址有效",
        "Address valid",
        one_of(YES_NO, "是 or 否, yes or no"),
        "否：已知地址无效，不再外访",
        "no: the address is known to be wrong and is not visited",
        ("是否有效", "有效", "valid", "is valid"),
        ("place.is_valid",),
        choices=YES_OR_NO,
    ),
    Column(
        "access_note",
        "进门说明",
        "Access note",
        values.text,
        "门禁、楼栋等说明",
        "How to get in: gate, building, floor",
        ("门禁说明", "进入说明", "access"),
        ("place.access_note",),
    ),
)

_PLACE_EXAMPLES = {
    "home_address": "示例市示例区示例路1号",
    # In the open sea: no made-up debt stands at a real door.
    "home_lat": "30.0000",
    "home_lon": "125.0000",
    "home_windows": "工作日 18:00-20:00; 周末 10:00-12:00",
    "home_source": "lender's file",
    "home_lawful_basis": "contract",
    "home_valid": "是",
    "home_access_note": "2号楼东侧",
    "registered_address": "示例市示例区示例街2号",
    "work_address": "示例市示例区示例大道3号",
    "work_windows": "周一至周五 9:00-12:00",
    "address": "示例市示例区示例巷4号",
}


_OWN_WORDS = {
    "home_address": ("住址", "现住址", "现住地址", "家庭住址", "居住地", "residence"),
    "registered_address": ("户籍", "户籍所在地", "户口所在地", "身份证地址", "permanent address"),
    "work_address": ("单位", "office", "workplace", "workplace address"),
}


def _of_place(part: Column, prefix: Prefix) -> Column:
    """Return the column of one part of one place: 'home_' and 'address' → 家庭地址."""
    spellings = [
        *(f"{before}{word}" for before, word in product(prefix.zh, (part.zh, *part.synonyms))),
        *(f"{before} {word}" for before, word in product(prefix.en, (part.en, *part.synonyms))),
    ]
    name = f"{prefix.field}{part.field}"
    return replace(
        part,
        field=name,
        zh=f"{prefix.zh[0]}{part.zh}",
        en=f"{prefix.en[0]} {part.en.lower()}" if prefix.field else part.en,
        synonyms=(*spellings, *_OWN_WORDS.get(name, ())),
        example=_PLACE_EXAMPLES.get(name, ""),
    )


_PLACE_KIND = Column(
    "place_kind",
    "地址类型",
    "Place kind",
    one_of(PLACE_KINDS, "家庭, 户籍, 单位 or 其他; home, registered, work or other"),
    "“地址”一列是什么地址：家庭、户籍、单位、其他（默认）",
    "What the plain address is: home, registered, work or other (where empty)",
    ("地址类别", "address type", "address kind", "place type"),
    ("place.kind",),
    choices=("家庭", "户籍", "单位", "其他", "home", "registered", "work", "other"),
    example="其他",
)

PLACE_COLUMNS = (
    DATUM,
    *(_of_place(part, prefix) for prefix in PREFIXES for part in _PARTS),
    _PLACE_KIND,
)
