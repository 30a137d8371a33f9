"""The columns of a list of scores; a case file that has them can be given as well."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from data.readers import values
from data.readers.columns import Column, Registry

_DECIMALS = Decimal("0.0001")
_IN_PERCENT = re.compile(r"(.+?)\s*%")


def chance(text: str) -> Decimal:
    """Return a chance from 0 to 1, to four decimals; '35%' is 0.35."""
    plain = values.plain(text)
    percent = _IN_PERCENT.fullmatch(plain)
    try:
        told = Decimal(percent[1]) / 100 if percent else Decimal(plain)
    except InvalidOperation:
        told = Decimal(-1)
    if not told.is_finite() or not 0 <= told <= 1:
        raise ValueError("is no chance; write a number from 0 to 1, or a percentage")
    return told.quantize(_DECIMALS)


SCORES = Registry(
    (
        Column(
            "contract",
            "合同号",
            "Contract",
            values.identifier,
            "评分所属合同",
            "Which contract is scored",
            (
                *("合同编号", "合同号码", "借据号", "借据编号", "贷款编号", "案件号", "案件编号"),
                *("contract no", "contract number", "contract id", "loan id", "loan no", "case id"),
            ),
            is_required=True,
            example="DEMO-0001",
        ),
        Column(
            "score",
            "还款概率",
            "Score",
            chance,
            "见到本人时还款的概率，0 到 1 或百分数",
            "Chance that she pays if met: 0 to 1, or a percentage",
            ("评分", "还款评分", "概率", "模型评分", "probability", "chance", "score value"),
            is_required=True,
            example="0.35",
        ),
        Column(
            "score_date",
            "评分日期",
            "Score date",
            values.day,
            "评分的日期；过旧的评分不计入",
            "Day on which it was scored; one that is too old is ignored",
            ("评分日", "打分日期", "scored on", "scoring date", "date"),
            is_required=True,
            example="2026-11-20",
        ),
        Column(
            "score_source",
            "评分来源",
            "Score source",
            values.name,
            "哪个模型或机构",
            "Which model or bureau",
            ("来源", "模型", "评分模型", "source", "model"),
            is_required=True,
            example="model-7",
        ),
    )
)
