"""Invented names of streets, compounds and districts, in Chinese and in pinyin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random

from data.towns.lots import Use
from data.towns.plat import Grade

FIRST = (
    "文Wen 安An 永Yong 长Chang 新Xin 和He 平Ping 福Fu 兴Xing 建Jian 清Qing 明Ming "
    "金Jin 银Yin 玉Yu 青Qing 白Bai 紫Zi 云Yun 天Tian 星Xing 海Hai 河He 泉Quan "
    "石Shi 松Song 竹Zhu 梅Mei 桂Gui 柳Liu 荷He 枫Feng 凤Feng 龙Long 鹤He 麒Qi "
    "朝Chao 春Chun 秋Qiu 瑞Rui 祥Xiang 嘉Jia 景Jing 广Guang 宏Hong 盛Sheng 康Kang "
    "德De 仁Ren 崇Chong 学Xue 书Shu 望Wang 锦Jin 丰Feng 曲Qu 虹Hong 沧Cang 澄Cheng"
)
SECOND = (
    "昌chang 阳yang 宁ning 安an 平ping 华hua 江jiang 山shan 林lin 泉quan 溪xi 湖hu "
    "园yuan 塘tang 桥qiao 门men 台tai 岭ling 洲zhou 浦pu 湾wan 港gang 城cheng 村cun "
    "庆qing 和he 义yi 信xin 礼li 智zhi 德de 贤xian 源yuan 丰feng 盛sheng 达da "
    "通tong 顺shun 康kang 乐le 荣rong 苑yuan 光guang 辉hui 霞xia 月yue 波bo 涛tao "
    "峰feng 坪ping 田tian 池chi 岸an 堤di 榆yu 槐huai 樟zhang 杏xing 翠cui 岚lan"
)
SIDES = (("东", "East"), ("西", "West"), ("南", "South"), ("北", "North"))
ORDINALS = (("一", "1st"), ("二", "2nd"), ("三", "3rd"), ("四", "4th"), ("五", "5th"))
STREET_ENDINGS = {
    Grade.PRIMARY: (("大道", "Avenue"),),
    Grade.SECONDARY: (("路", "Road"), ("大街", "Street")),
    Grade.TERTIARY: (("路", "Road"), ("路", "Road"), ("街", "Street")),
    Grade.RESIDENTIAL: (("路", "Road"), ("街", "Street")),
    Grade.LANE: (("巷", "Alley"),),
}
LOT_ENDINGS = {
    Use.COMPOUND: (
        ("花园", "Garden"), ("新村", "New Village"), ("家园", "Homes"), ("小区", "Estate"),
        ("公寓", "Apartments"), ("名邸", "Mansion"), ("雅居", "Residence"), ("华庭", "Court"),
    ),
    Use.SHOPS: (("商厦", "Department Store"), ("广场", "Plaza"), ("大厦", "Tower")),
    Use.WORKS: (("工业园", "Works"), ("产业园", "Industrial Park")),
    Use.SCHOOL: (("小学", "Primary School"), ("中学", "Middle School")),
    Use.PARK: (("公园", "Park"),),
    Use.LAKE: (("湖", "Lake"), ("荡", "Pond")),
}  # fmt: skip
STOP_ENDINGS = (("桥", "Bridge"), ("村", "Village"), ("亭", "Pavilion"), ("塔", "Pagoda"))
DISTRICTS = {
    "near": (
        ("城东区", "Chengdong District"), ("东湖区", "Donghu District"),
        ("城北区", "Chengbei District"), ("西山区", "Xishan District"),
        ("城西区", "Chengxi District"), ("南苑区", "Nanyuan District"),
        ("城南区", "Chengnan District"), ("东港区", "Donggang District"),
    ),
    "far": (
        ("江东区", "Jiangdong District"), ("滨江区", "Binjiang District"),
        ("江北区", "Jiangbei District"), ("临江区", "Linjiang District"),
        ("江西新区", "Jiangxi New District"), ("望江区", "Wangjiang District"),
        ("江南区", "Jiangnan District"), ("河口区", "Hekou District"),
    ),
}  # fmt: skip
CENTRE_DISTRICT = ("中城区", "Zhongcheng District")


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called, in Chinese and in English letters."""

    zh: str
    en: str

    @property
    def tags(self) -> dict[str, str]:
        return {"name": self.zh, "name:zh": self.zh, "name:en": self.en}


CITY = Name("宁州市", "Ningzhou")


@dataclass(slots=True)
class NameBook:
    """Gives out names, none twice."""

    rng: Random
    given: set[str] = field(default_factory=set)

    def take(self, endings: Sequence[tuple[str, str]]) -> Name:
        """Return a new name with one of `endings`; where most are gone, of a side or a number."""
        for attempt in count():
            additions = SIDES + ORDINALS if attempt > 3 else (("", ""),)
            parts = (self._stem(), self.rng.choice(additions), self.rng.choice(endings))
            zh = "".join(part[0] for part in parts)
            if zh not in self.given:
                self.given.add(zh)
                return Name(zh, " ".join(part[1] for part in parts if part[1]))
        raise AssertionError("count() has no end")

    def street(self, grade: Grade) -> Name:
        return self.take(STREET_ENDINGS[grade])

    def _stem(self) -> tuple[str, str]:
        first, second = (self.rng.choice(part.split()) for part in (FIRST, SECOND))
        return first[0] + second[0], first[1:] + second[1:]
