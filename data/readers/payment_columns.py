"""The columns of a list of payments and balances."""

from __future__ import annotations

from data.readers import values
from data.readers.columns import Column, Registry

PAYMENTS = Registry(
    (
        Column(
            "contract",
            "合同号",
            "Contract",
            values.identifier,
            "还款所属合同",
            "Which contract was paid on",
            (
                *("合同编号", "合同号码", "借据号", "借据编号", "贷款编号", "案件号", "案件编号"),
                *("contract no", "contract number", "contract id", "loan id", "loan no"),
                *("case id", "case no", "account no"),
            ),
            is_required=True,
            example="DEMO-0001",
        ),
        Column(
            "amount",
            "还款金额",
            "Amount",
            values.signed_money,
            "还款金额，元；冲正为负数；只报余额时留空",
            "What came in; negative for a reversal; empty where only the balance is told",
            (
                *("金额", "入账金额", "实还金额", "还款额", "回款金额", "回款"),
                *("amount paid", "payment", "payment amount", "paid", "paid amount"),
            ),
            example="1500.00",
        ),
        Column(
            "at",
            "还款时间",
            "Paid at",
            values.moment,
            "入账日期与时间，或余额的时点；没有时间：还款按正午，余额按日终",
            "When it came in, or as of when the balance is; a day alone is its noon, for a "
            "balance its end",
            (
                *("还款日期", "入账时间", "入账日期", "交易时间", "交易日期", "日期", "数据日期"),
                *("payment date", "payment time", "paid on", "date", "time", "as of"),
            ),
            is_required=True,
            example="2026-11-20 10:30",
        ),
        Column(
            "overdue",
            "剩余逾期金额",
            "Overdue after",
            values.money,
            "该笔之后仍逾期的金额；0 为已结清逾期",
            "What is still overdue after it; 0 where nothing is",
            (
                *("剩余逾期", "逾期余额", "逾期金额", "还款后逾期金额", "剩余欠款"),
                *("overdue", "overdue amount", "balance", "balance after", "remaining overdue"),
            ),
            example="0",
        ),
        Column(
            "days_past_due",
            "逾期天数",
            "Days past due",
            values.count(0, 36_500, "天|日|days?"),
            "现在的逾期天数",
            "Days past due now",
            ("逾期日数", "dpd", "days overdue", "overdue days"),
            example="",
        ),
        Column(
            "method",
            "还款方式",
            "Method",
            values.text,
            "银行代扣、转账……",
            "Direct debit, transfer, …",
            ("支付方式", "还款渠道", "payment method", "payment channel"),
            example="代扣",
        ),
        Column(
            "key",
            "流水号",
            "Key",
            values.identifier,
            "贵方系统中该笔还款的编号，重复导入据此识别；空则按内容识别",
            "Your own number of the payment: sent twice it is kept once; without it, by content",
            ("交易流水号", "还款流水号", "支付流水号", "payment id", "transaction id", "reference"),
            example="DEMO-P0001",
        ),
    )
)
