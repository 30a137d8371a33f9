"""The columns of a contact log."""

from __future__ import annotations

from data.readers import values
from data.readers.columns import Column, Registry
from data.readers.contact_words import CHANNELS, DIRECTIONS, PARTIES, RESULTS
from data.readers.hours import appointment
from data.readers.words import one_of

CHANNEL_CHOICES = ("电话", "短信", "微信", "邮件", "信函", "外访")
RESULT_CHOICES = ("接通", "已送达", "未接通", "占线", "挂断", "空号", "承诺还款", "预约", "拒绝")

channel = one_of(CHANNELS, "call, sms, chat, email, letter or visit")
result = one_of(
    RESULTS,
    "answered, delivered, no answer, busy, hung up, wrong number, not delivered, promised, "
    "appointment, refused, opt out or not tried",
)

party = one_of(PARTIES, "borrower, household, guarantor, employer, third or nobody")
direction = one_of(DIRECTIONS, "out or in")

CONTACTS = Registry(
    (
        Column(
            "contract",
            "合同号",
            "Contract",
            values.identifier,
            "联系所涉合同；与客户号至少填一项",
            "Which contract it was about; this or the client id is needed",
            (
                *("合同编号", "合同号码", "借据号", "贷款编号", "案件号", "案件编号"),
                *("contract no", "contract number", "contract id", "loan id", "case id", "case no"),
            ),
            example="DEMO-0001",
        ),
        Column(
            "client_id",
            "客户号",
            "Client ID",
            values.identifier,
            "借款人；与合同号至少填一项",
            "The borrower; this or the contract is needed",
            ("客户编号", "客户id", "客户代码", "customer id", "customer no", "borrower id", "cif"),
            example="DEMO-C001",
        ),
        Column(
            "at",
            "联系时间",
            "Contacted at",
            values.moment,
            "日期与时间，如 2026-11-20 14:05；没有时间按正午计",
            "Day and time, as in 2026-11-20 14:05; a day alone counts as noon",
            (
                *("时间", "拨打时间", "通话时间", "发送时间", "催收时间", "联系日期", "日期"),
                *("contact time", "time", "date", "call time", "contact date", "timestamp"),
            ),
            is_required=True,
            example="2026-11-20 14:05",
        ),
        Column(
            "channel",
            "渠道",
            "Channel",
            channel,
            "电话、短信、微信、邮件、信函、外访",
            "call, sms, chat, email, letter or visit",
            ("联系方式", "联系渠道", "催收方式", "方式", "contact channel", "method", "type"),
            is_required=True,
            choices=CHANNEL_CHOICES,
            example="电话",
        ),
        Column(
            "result",
            "结果",
            "Result",
            result,
            "接通、已送达、未接通、占线、挂断、空号、未送达、承诺还款、预约、拒绝、退订、未联系",
            "What came of it: answered, delivered, no answer, busy, hung up, wrong number, "
            "not delivered, promised, appointment, refused, opt out, not tried",
            ("联系结果", "通话结果", "催收结果", "状态", "contact result", "outcome", "status"),
            is_required=True,
            choices=RESULT_CHOICES,
            example="接通",
        ),
        Column(
            "party",
            "联系对象",
            "Party",
            party,
            "联系到谁：本人、家属、担保人、单位、第三人、无人；空则接通按本人计",
            "Who was reached: borrower, household, guarantor, employer, third or nobody; where "
            "empty the borrower, or nobody where the result says so",
            ("对象", "接听人", "与本人关系", "contact party", "reached", "relation"),
            choices=("本人", "家属", "担保人", "单位", "第三人", "无人"),
            example="本人",
        ),
        Column(
            "direction",
            "方向",
            "Direction",
            direction,
            "呼出或呼入；空则为呼出",
            "out, or in where she called; out where empty",
            ("呼叫方向", "联系方向", "call direction", "in or out"),
            choices=("呼出", "呼入"),
            example="呼出",
        ),
        Column(
            "appointment",
            "预约时间",
            "Appointment",
            appointment,
            "联系中约定的上门时段，如 2026-12-01 14:00-16:00",
            "Day and hours of a visit that were agreed, as in 2026-12-01 14:00-16:00",
            ("预约", "预约上门时间", "约定时间", "appointment time", "appointment window"),
            example="",
        ),
        Column(
            "amount",
            "承诺金额",
            "Promised amount",
            values.money,
            "联系中承诺还款的金额；须同时填写承诺日期",
            "What she promised to pay; its day is needed too",
            ("承诺还款金额", "ptp金额", "ptp amount", "promise amount", "promised sum"),
            example="",
        ),
        Column(
            "due",
            "承诺日期",
            "Promised day",
            values.day,
            "承诺在哪天之前还款",
            "By when she promised to pay",
            ("承诺还款日期", "承诺还款日", "ptp日期", "ptp date", "promise date", "promised by"),
            example="",
        ),
        Column(
            "grace_days",
            "承诺宽限天数",
            "Grace days",
            values.count(0, 365, "天|days?"),
            "到期后再等几天；空则按上门承诺的默认",
            "Days after it in which a payment still keeps it; where empty as at a door",
            ("宽限天数", "宽限期", "grace", "grace period"),
            example="",
        ),
        Column(
            "promise_method",  # `method` alone is how she was contacted
            "承诺还款方式",
            "Promised method",
            values.text,
            "如何还款，如转账、代扣",
            "How it is to be paid: transfer, debit, …",
            ("还款方式", "payment method", "how to pay"),
            example="",
        ),
        Column(
            "corrects",
            "更正流水号",
            "Corrects",
            values.identifier,
            "本行更正哪一条联系记录（其流水号）；原记录的承诺与预约随之撤回",
            "Key of the contact that was wrong: this one takes its place, its promise is undone",
            ("更正", "被更正流水号", "corrects key", "correction of", "replaces"),
            example="",
        ),
        Column(
            "by",
            "联系人员",
            "By",
            values.text,
            "谁联系的：工号",
            "Who contacted her: a staff number",
            ("催收员", "坐席", "坐席工号", "经办人", "操作人", "agent", "agent id", "staff"),
            example="DEMO-A07",
        ),
        Column(
            "contacted",
            "联系编号",
            "Contacted",
            values.identifier,
            "第几个号码或联系人的编号，不写姓名和号码",
            "Which of several numbers or third persons, by your own number for it",
            ("号码编号", "联系人编号", "number id", "contact person id"),
            example="1",
        ),
        Column(
            "recording",
            "录音编号",
            "Recording",
            values.identifier,
            "录音的编号，不是录音本身",
            "Reference of the recording",
            ("录音", "录音id", "录音流水号", "recording id", "recording reference"),
        ),
        Column(
            "note",
            "备注",
            "Note",
            values.text,
            "其他说明",
            "Anything else",
            ("说明", "联系内容", "沟通内容", "remark", "remarks", "comment", "notes"),
        ),
        Column(
            "key",
            "流水号",
            "Key",
            values.identifier,
            "贵方系统中该次联系的编号，重复导入据此识别；空则按内容识别",
            "Your own number of the contact: sent twice it is kept once; without it, by content",
            (
                "联系流水号",
                "通话流水号",
                "记录编号",
                "call id",
                "record id",
            ),
            example="DEMO-T0001",
        ),
    )
)
