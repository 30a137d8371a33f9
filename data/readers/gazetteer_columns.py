"""The columns of the lender's own gazetteer."""

from __future__ import annotations

import re
from dataclasses import replace

from data.readers import values
from data.readers.columns import Column, Registry
from data.readers.place_columns import DATUM
from data.readers.words import OWN_KINDS, one_of
from routing.gazetteer.own_place import LARGEST_RADIUS_M

_BETWEEN = re.compile(r"[;；、,，|\n]+")
_GUARDED = re.compile(r"'(?=[=+\-@＝＋－＠])")
"""The apostrophe by which an exported text is kept from becoming a formula."""


def name(text: str) -> str:
    """Return a name as it stands, without the guard of a spreadsheet."""
    return _GUARDED.sub("", text, count=1) if text.startswith("'") else text


def aliases(text: str) -> tuple[str, ...]:
    """Return the names of a list, in their order: '东河花园；东河苑'."""
    parts = (name(part.strip()) for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(filter(None, parts)))


GAZETTEER = Registry(
    (
        Column(
            "kind",
            "类别",
            "Kind",
            one_of(OWN_KINDS, "小区, 弄巷, 楼栋 or 门牌; compound, lane, building or number"),
            "小区、弄巷、楼栋或门牌；空则由名称、道路和门牌号判断",
            "compound, lane, building or number; told by name, street and number where empty",
            ("类型", "种类", "type", "category"),
            choices=("小区", "弄巷", "楼栋", "门牌", "compound", "lane", "building", "number"),
            example="楼栋",
        ),
        Column(
            "name",
            "名称",
            "Name",
            name,
            "小区或弄巷的名称；楼栋填其小区的名称",
            "Of the compound or lane; of a building, that of its compound",
            (
                *("小区", "小区名称", "小区名", "楼盘", "楼盘名称", "村", "社区名称", "弄巷名称"),
                *("compound", "compound name", "estate", "place name", "lane name"),
            ),
            example="示例小区",
        ),
        Column(
            "aliases",
            "别名",
            "Aliases",
            aliases,
            "其他写法，用分号分隔",
            "Other names that it is written by, separated by semicolons",
            ("曾用名", "又名", "俗称", "其他名称", "alias", "other names", "also known as"),
            example="示例花园；示例苑",
        ),
        Column(
            "street",
            "道路",
            "Street",
            name,
            "门牌所在的道路；小区填大门所在的道路",
            "Of the street number; of a compound, the street of its gate",
            ("路名", "街道名称", "道路名称", "街路", "road", "street name"),
            example="示例路",
        ),
        Column(
            "number",
            "门牌号",
            "Number",
            name,
            "门牌号，如 88号；楼栋填楼号，如 3栋",
            "The street number, as in 88号; of a building its own, as in 3栋",
            (
                *("门牌号码", "号码", "楼号", "楼栋号", "栋号", "幢号"),
                *("house number", "street number", "building number", "no"),
            ),
            example="3栋",
        ),
        Column(
            "district",
            "区县",
            "District",
            name,
            "所在区县；同名小区据此区分",
            "Tells places of one name apart, and is checked against what an address says",
            ("行政区", "所属区", "所在区", "区", "区域", "district name", "county"),
            example="示例区",
        ),
        Column(
            "lat",
            "纬度",
            "Latitude",
            values.latitude,
            "纬度，十进制度数；须注明坐标系",
            "Degrees north, decimal; the datum must be stated",
            ("lat", "y", "坐标纬度"),
            is_required=True,
            # In the open sea, as in the other lists: no made-up place stands where a real one is.
            example="30.0000",
        ),
        Column(
            "lon",
            "经度",
            "Longitude",
            values.longitude,
            "经度，十进制度数；须注明坐标系",
            "Degrees east, decimal; the datum must be stated",
            ("lon", "lng", "long", "x", "坐标经度"),
            is_required=True,
            example="125.0000",
        ),
        replace(DATUM, synonyms=(*DATUM.synonyms, "坐标")),
        Column(
            "radius_m",
            "半径米",
            "Radius in metres",
            values.count(1, int(LARGEST_RADIUS_M), "m|米|metres?|meters?"),
            "从该点到最远的门，单位米；空则小区 150、弄巷 100、楼栋 25、门牌 15",
            "From the point to the farthest door; where empty 150 m for a compound, 100 m for a "
            "lane, 25 m for a building and 15 m for a number",
            ("半径", "范围", "radius", "radius m"),
            example="25",
        ),
    )
)
