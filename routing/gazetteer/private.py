"""What stands in an address field but is no address: telephone numbers, identity cards, names.

It is taken out before anything is looked up, so that it is in no answer, in no log and in no
question to a service outside; and two texts that differ in it alone are one address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from routing.gazetteer.text import fold

TELEPHONE = (
    r"(?<!\d)(?:\+?86[\s\-]?)?1[3-9]\d[\s\-]?\d{4}[\s\-]?\d{4}(?!\d)"  # a mobile in the mainland
    r"|(?<![\d\-])\(?0\d{2,3}\)?[\s\-]?\d{7,8}(?:[\-转]\d{1,5})?(?![\d\-])"  # a landline there
    r"|(?<!\d)(?:\+?886[\s\-]?|0)9\d{2}[\s\-]?\d{3}[\s\-]?\d{3}(?!\d)"  # a mobile in Taiwan
    r"|(?<![\d\-])(?:\+?1[\s\-.]?)?\(?\d{3}\)?[\s\-.]\d{3}[\s\-.]\d{4}(?![\d\-])"  # America
    r"|\+\d{1,3}[\s\-]?\d{2,4}(?:[\s\-]?\d{2,4}){2,3}(?!\d)"
)
CARD = r"(?<!\d)\d{17}[\dx](?!\d)"
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武"
    "乔贺赖龚文張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許傅呂蘇盧賈葉閻鍾譚鄒陸錢湯賴龔欧歐"
)
HAN_NAME = rf"[{SURNAMES}][\u4e00-\u9fff]"
TITLED = rf"{HAN_NAME}{{0,2}}(?:先生|女士|小姐|太太|师傅|師傅)"
ROLE = r"(?:收件人|收货人|联系人|聯絡人|户主|戶主|业主|姓名)\s*[:：]?\s*"
NAMED = rf"{ROLE}{HAN_NAME}{{1,3}}(?![\u4e00-\u9fff])"
NO_NAME_ENDS = "路街道巷弄段村镇乡区市县里号楼"
BESIDE = rf"(?<![\u4e00-\u9fff]){HAN_NAME}{{1,2}}(?<![{NO_NAME_ENDS}])(?![\u4e00-\u9fff])"
"""A name that stands by itself: taken for one only beside a telephone number."""

NUMBERS = re.compile(f"{CARD}|{TELEPHONE}", re.IGNORECASE)
NAMES = re.compile(f"{NAMED}|{TITLED}")
LABELS = re.compile(
    rf"{ROLE}|(?:电话|電話|手机|手機|身份证号?码?|tel|phone|mobile|contact)\s*[:：]?\s*",
    re.IGNORECASE,
)
GAPS = re.compile(r"[\s,，;；、:：]+")


@dataclass(frozen=True, slots=True)
class Split:
    """An address, and what was taken out of it, in the order of the text."""

    address: str
    taken: tuple[str, ...]


def split_private(text: str) -> Split:
    """Return the address in a field that may hold more than one."""
    taken: list[str] = []

    def take(match: re.Match[str]) -> str:
        taken.append(match.group().strip())
        return " "

    rest = NUMBERS.sub(take, NAMES.sub(take, text))
    if len(rest) != len(text) and NUMBERS.search(text):
        rest = re.sub(BESIDE, take, rest)
    if not taken:
        return Split(text, ())
    rest = re.sub(r"[(（\[【]\s*[)）\]】]", " ", LABELS.sub(" ", rest))
    return Split(re.sub(r"\s+", " ", rest).strip(" ,，;；、:：/"), tuple(taken))


def address_key(text: str) -> str:
    """Return the key of an address text: one for all that differ in spaces, width or signs alone.

    >>> address_key("宁州市 东河路１８号，张先生 13800000000"), address_key("宁州市东河路18號")
    ('宁州市东河路18号', '宁州市东河路18号')
    """
    return GAPS.sub("", fold(split_private(text).address))
