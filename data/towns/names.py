"""Invented names of streets, compounds and districts, in Chinese and in pinyin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random

from data.towns.lots import Use
from data.towns.plat import Grade

FIRST = (
    "文 Wen 安 An 永 Yong 长 Chang 新 Xin 和 He 平 Ping 福 Fu 兴 Xing 建 Jian 清 Qing 明 Ming "
    "金 Jin 银 Yin 玉 Yu 青 Qing 白 Bai 紫 Zi 云 Yun 天 Tian 星 Xing 海 Hai 河 He 泉 Quan "
    "石 Shi 松 Song 竹 Zhu 梅 Mei 桂 Gui 柳 Liu 荷 He 枫 Feng 凤 Feng 龙 Long 鹤 He 麒 Qi "
    "朝 Chao 春 Chun 秋 Qiu 瑞 Rui 祥 Xiang 嘉 Jia 景 Jing 广 Guang 宏 Hong 盛 Sheng 康 Kang "
    "德 De 仁 Ren 崇 Chong 学 Xue 书 Shu 望 Wang 锦 Jin 丰 Feng 曲 Qu 虹 Hong 沧 Cang 澄 Cheng"
).split()
SECOND = (
    "昌 chang 阳 yang 宁 ning 安 an 平 ping 华 hua 江 jiang 山 shan 林 lin 泉 quan 溪 xi 湖 hu "
    "园 yuan 塘 tang 桥 qiao 门 men 台 tai 岭 ling 洲 zhou 浦 pu 湾 wan 港 gang 城 cheng 村 cun "
    "庆 qing 和 he 义 yi 信 xin 礼 li 智 zhi 德 de 贤 xian 源 yuan 丰 feng 盛 sheng 达 da "
    "通 tong 顺 shun 康 kang 乐 le 荣 rong 苑 yuan 光 guang 辉 hui 霞 xia 月 yue 波 bo 涛 tao "
    "峰 feng 坪 ping 田 tian 池 chi 岸 an 堤 di 榆 yu 槐 huai 樟 zhang 杏 xing 翠 cui 岚 lan"
).split()
SIDES = (("东", "East"), ("西", "West"), ("南", "South"), ("北", "North"))
ORDINALS = (("一", "1st"), ("二", "2nd"), ("三", "3rd"), ("四", "4th"), ("五", "5th"))
STREET_ENDINGS = {
    Grade.PRIMARY: (("大道", "Avenue"),),
    Grade.SECONDARY: (("路", "Road"), ("大街", "Street")),
    Grade.TERTIARY: (("路", "Road"), ("路", "Road"), ("街", "Street")),
    Grade.RESIDENTIAL: (("路", "Road"), ("街", "Street")),
    Grade.LANE: (("巷", "Alley"), ("里", "Li")),
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
        i, j = (self.rng.randrange(0, len(part), 2) for part in (FIRST, SECOND))
        return FIRST[i] + SECOND[j], FIRST[i + 1] + SECOND[j + 1]
