"""Words that lenders write for what the domain names, in Chinese and English."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import TypeVar

from routing.datum import Datum
from routing.gazetteer.own_place import OwnKind
from routing.travel import Mode
from scheduler.model import PlaceKind, StopFlag

T = TypeVar("T")


def fold(text: str) -> str:
    """Return what is left for comparing: no case, width, spaces or punctuation."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def word_key(word: str) -> str:
    """Return by what a word is looked up; a sign such as √ stands for itself."""
    return fold(word) or word


def by_word(words: Mapping[T, tuple[str, ...]]) -> dict[str, T]:
    """Return what words mean, by what each is looked up by."""
    return {word_key(word): meaning for meaning, those in words.items() for word in those}


EMPTY = frozenset({"-", "--", "—", "——", "/", "\\", "无", "null", "n/a", "#n/a", "none", "nil"})
"""What lenders' systems write into a cell that has no value."""


YES_NO = by_word(
    {
        True: ("是", "yes", "y", "true", "1", "有", "对", "√", "✓"),
        False: ("否", "no", "n", "false", "0", "无", "不是", "×", "✗", "x"),
    }
)

STOPS: dict[str, StopFlag | None] = by_word(
    {
        None: ("否", "没有", "×", "正常", "no", "n", "0", "false", "normal", "active"),
        StopFlag.PAID: ("paid", "paid off", "settled", "已结清", "结清", "已还款", "已还清"),
        StopFlag.DISPUTED: ("disputed", "dispute", "争议", "异议", "有争议", "债务争议"),
        StopFlag.COMPLAINT: ("complaint", "complained", "投诉", "已投诉", "投诉中"),
        StopFlag.REPRESENTED: ("represented", "attorney", "lawyer", "律师代理", "有律师", "律师"),
        StopFlag.VULNERABLE: ("vulnerable", "弱势", "弱势群体", "重病", "残疾"),
        StopFlag.DECEASED: ("deceased", "dead", "died", "死亡", "已故", "去世", "身故"),
        StopFlag.HOSPITAL: ("hospital", "in hospital", "hospitalised", "住院", "住院中"),
        StopFlag.MOURNING: ("mourning", "bereaved", "bereavement", "服丧", "丧事", "治丧"),
        StopFlag.CONSENT_WITHDRAWN: (
            "consent_withdrawn",
            "consent withdrawn",
            "cease contact",
            "撤回同意",
            "拒绝联系",
        ),
        StopFlag.LEGAL_HOLD: (
            "legal_hold",
            "legal hold",
            "诉讼",
            "诉讼中",
            "司法",
            "破产",
            "bankrupt",
        ),
        StopFlag.OTHER: (
            "other",
            "stop",
            "停催",
            "停访",
            "止催",
            "其他",
            "是",
            "yes",
            "y",
            "1",
            "true",
        ),
    }
)

PLACE_KINDS = by_word(
    {
        PlaceKind.HOME: ("home", "house", "家庭", "家庭地址", "家", "住宅", "居住", "现居", "住址"),
        PlaceKind.REGISTERED: ("registered", "household register", "户籍", "户籍地址", "户口"),
        PlaceKind.WORK: ("work", "office", "workplace", "单位", "单位地址", "公司", "工作"),
        PlaceKind.OTHER: ("other", "其他", "其它"),
    }
)

MODES = by_word(
    {
        Mode.CAR: ("car", "drive", "driving", "汽车", "驾车", "开车", "自驾", "小汽车"),
        Mode.EBIKE: (
            "ebike",
            "e-bike",
            "electric bike",
            "scooter",
            "电动车",
            "电动自行车",
            "电瓶车",
        ),
        Mode.WALK: ("walk", "walking", "on foot", "步行", "走路"),
        Mode.TRANSIT: (
            "transit",
            "public transport",
            "public transit",
            "bus",
            "metro",
            "subway",
            "公共交通",
            "公共交通+步行",
            "公交",
            "公交车",
            "地铁",
            "乘公交",
        ),
    }
)

DATUMS = by_word(
    {
        Datum.WGS84: ("wgs84", "wgs-84", "gps", "epsg:4326"),
        Datum.GCJ02: (
            "gcj02",
            "gcj-02",
            "火星坐标",
            "火星",
            "高德",
            "腾讯",
            "amap",
            "gaode",
            "tencent",
        ),
        Datum.BD09: ("bd09", "bd-09", "bd09ll", "百度", "baidu"),
    }
)

OWN_KINDS = by_word(
    {
        OwnKind.COMPOUND: (
            *("compound", "estate", "village", "place", "小区", "住宅区", "楼盘", "大院", "村"),
            *("村庄", "自然村", "园区", "大厦", "单位大院"),
        ),
        OwnKind.LANE: ("lane", "alley", "弄巷", "弄", "巷", "里弄", "弄堂", "胡同", "小巷"),
        OwnKind.BUILDING: ("building", "block", "楼栋", "楼", "栋", "幢", "楼号", "楼宇"),
        OwnKind.NUMBER: (
            *("number", "street number", "house number", "house", "address"),
            *("门牌", "门牌号", "号", "地址", "门址"),
        ),
    }
)

LANGUAGES = by_word(
    {
        "mandarin": ("mandarin", "putonghua", "普通话", "国语", "华语", "中文", "汉语", "chinese"),
        "cantonese": ("cantonese", "粤语", "广东话", "白话"),
        "hokkien": ("hokkien", "minnan", "闽南语", "闽南话", "台语"),
        "hakka": ("hakka", "客家话", "客语"),
        "english": ("english", "英语", "英文"),
    }
)


def one_of(words: Mapping[str, T], choices: str) -> Callable[[str], T]:
    """Return a parser of one of `words`; `choices` says what may be written."""

    def parse(text: str) -> T:
        try:
            return words[word_key(text)]
        except KeyError:
            raise ValueError(f"is not understood; write {choices}") from None

    return parse
