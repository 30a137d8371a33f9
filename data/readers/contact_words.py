"""Words that lenders write for channels, results and parties of a contact."""

from __future__ import annotations

from data.readers.words import by_word
from scheduler.contacts import Channel, ContactResult, Direction, Party

CHANNELS = by_word(
    {
        Channel.CALL: (
            *("call", "phone", "phone call", "telephone", "voice", "电话", "电催", "拨打", "外呼"),
            *("语音", "通话", "呼入", "智能外呼", "机器人外呼"),
        ),
        Channel.SMS: ("sms", "text", "text message", "短信", "手机短信", "短信催收"),
        Channel.CHAT: (
            *("chat", "wechat", "weixin", "whatsapp", "line", "messenger", "im", "微信"),
            *("企业微信", "企微", "在线", "在线客服", "app消息"),
        ),
        Channel.EMAIL: ("email", "e-mail", "mail", "邮件", "电子邮件", "邮箱"),
        Channel.LETTER: ("letter", "post", "信函", "催收函", "律师函", "信件", "挂号信", "函件"),
        Channel.VISIT: ("visit", "field visit", "外访", "上门", "上门催收", "走访", "面谈"),
    }
)

RESULTS = by_word(
    {
        ContactResult.ANSWERED: (
            *("answered", "talked", "connected", "contacted", "spoke", "reached", "rpc", "接通"),
            *("已接通", "接听", "已联系", "本人接听", "有效通话", "已回复", "已读"),
        ),
        ContactResult.DELIVERED: (
            *(
                "delivered",
                "sent",
                "received",
                "已送达",
                "送达",
                "发送成功",
                "已发送",
                "签收",
                "已签收",
            ),
        ),
        ContactResult.NO_ANSWER: (
            *("no answer", "no_answer", "unanswered", "not answered", "voicemail", "无人接听"),
            *("未接", "未接通", "未接听", "关机", "停机", "switched off", "无法接通", "不在服务区"),
        ),
        ContactResult.BUSY: ("busy", "line busy", "占线", "忙线", "通话中", "正在通话"),
        ContactResult.HUNG_UP: ("hung up", "hung_up", "hang up", "挂断", "已挂断", "拒接", "挂机"),
        ContactResult.WRONG_NUMBER: (
            *("wrong number", "wrong_number", "invalid number", "空号", "错号", "号码错误"),
            *("非本人", "非本人号码", "无效号码"),
        ),
        ContactResult.NOT_DELIVERED: (
            *("not delivered", "not_delivered", "undelivered", "bounced", "returned", "failed"),
            *("未送达", "发送失败", "退信", "退回", "退件"),
        ),
        ContactResult.PROMISED: (*("promised", "ptp", "承诺还款", "承诺", "答应还款"),),
        ContactResult.APPOINTMENT: (
            *("appointment", "appointed", "visit agreed", "预约", "已预约", "预约上门", "约定上门"),
        ),
        ContactResult.REFUSED: ("refused", "refusal", "拒绝", "拒绝还款", "拒还", "拒绝沟通"),
        ContactResult.OPT_OUT: (
            *("opt out", "opt_out", "opted out", "unsubscribed", "unsubscribe", "退订"),
            *("拒收", "不再联系", "要求停止联系", "拒绝联系"),
        ),
        ContactResult.NOT_TRIED: (
            *("not tried", "not_tried", "never", "not contacted", "no contact", "未联系"),
            *("从未联系", "未催收", "未拨打", "没有联系"),
        ),
    }
)

PARTIES = by_word(
    {
        Party.BORROWER: (
            *("borrower", "debtor", "customer", "client", "self", "本人", "借款人", "客户"),
            *("客户本人", "债务人"),
        ),
        Party.HOUSEHOLD: (
            *("household", "family", "spouse", "relative", "家属", "家人", "配偶", "亲属", "父母"),
            *("同住人", "子女"),
        ),
        Party.GUARANTOR: ("guarantor", "co-borrower", "担保人", "保证人", "共同借款人", "共借人"),
        Party.EMPLOYER: ("employer", "colleague", "company", "单位", "公司", "同事", "雇主"),
        Party.THIRD: (
            *("third", "third party", "third person", "friend", "neighbour", "第三人", "第三方"),
            *("联系人", "紧急联系人", "朋友", "邻居", "其他"),
        ),
        Party.NOBODY: ("nobody", "no one", "none reached", "无人", "未接触", "没有人"),
    }
)

DIRECTIONS = by_word(
    {
        Direction.OUT: ("out", "outbound", "outgoing", "呼出", "去电", "外呼", "发出", "主动联系"),
        Direction.IN: ("in", "inbound", "incoming", "呼入", "来电", "收到", "客户来电"),
    }
)
