"""The columns of a case list."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from data.readers import values
from data.readers.columns import Column, Registry
from data.readers.hours import appointment, windows
from data.readers.words import DATUMS, PLACE_KINDS, YES_NO, one_of

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

LANGUAGE_HELP = "Languages, separated by commas: mandarin, cantonese, …"

_CONTRACT = (
    Column(
        "contract",
        "合同号",
        "Contract",
        values.identifier,
        "每份合同一行，不可重复；请把该列设为文本格式",
        "One row per contract; format the column as text, or long numbers lose digits",
        (
            *(
                "合同编号",
                "合同号码",
                "贷款合同号",
                "借据号",
                "借据编号",
                "贷款编号",
                "案件号",
                "案件编号",
            ),
            *("contract no", "contract number", "contract id", "loan id", "loan no", "loan number"),
            *("case id", "case no", "account no", "account number"),
        ),
        ("case.id", "case.borrower_id"),
        is_required=True,
        example="DEMO-0001",
    ),
    Column(
        "name",
        "姓名",
        "Name",
        values.text,
        "借款人姓名",
        "Name of the borrower",
        (
            *(
                "客户姓名",
                "借款人",
                "借款人姓名",
                "客户名称",
                "债务人",
                "债务人姓名",
                "customer name",
            ),
            *("client name", "borrower", "borrower name", "debtor", "debtor name", "full name"),
        ),
        ("borrower.name",),
        is_required=True,
        example="示例客户",
    ),
    Column(
        "client_id",
        "客户号",
        "Client ID",
        values.identifier,
        "同一借款人的多份合同据此合并为一次外访",
        "Contracts with one client id are one borrower, and one visit",
        (
            *("客户编号", "客户id", "客户代码", "customer id", "customer no", "customer number"),
            *("borrower id", "client no", "client number", "cif"),
        ),
        ("borrower.id",),
        example="DEMO-C001",
    ),
    Column(
        "id_number",
        "身份证号",
        "ID number",
        values.identifier,
        "无客户号时用于识别同一借款人；只保存摘要，不保存原文",
        "Tells borrowers apart where there is no client id; only a digest of it is kept",
        (
            *("身份证", "身份证号码", "证件号", "证件号码", "national id", "id card", "id no"),
            *("identity number", "ssn"),
        ),
        ("borrower.id",),
    ),
    Column(
        "phone",
        "手机",
        "Phone",
        values.identifier,
        "借款人本人电话",
        "The borrower's own number",
        (
            *(
                "电话",
                "手机号",
                "手机号码",
                "联系电话",
                "本人电话",
                "客户电话",
                "联系方式",
                "mobile",
            ),
            *("mobile phone", "mobile number", "telephone", "tel", "phone number", "cell"),
        ),
        ("borrower.phone",),
        example="00000000000",
    ),
    Column(
        "languages",
        "语言",
        "Languages",
        values.languages,
        "借款人所用语言，逗号分隔：普通话、粤语……",
        LANGUAGE_HELP,
        ("language", "语种", "沟通语言"),
        ("borrower.languages",),
        example="普通话",
    ),
    Column(
        "agency",
        "委托机构",
        "Agency",
        values.text,
        "负责该合同的机构；空则用导入时给出的机构",
        "Who works the contract; where empty, the agency named with the import",
        ("机构", "委外机构", "催收机构", "受托机构", "催收公司", "vendor", "agency name"),
        ("case.agency",),
        example="DEMO",
    ),
    Column(
        "product",
        "产品",
        "Product",
        values.text,
        "贷款产品",
        "Kind of loan",
        (
            "产品名称",
            "贷款产品",
            "产品类型",
            "业务类型",
            "product name",
            "loan type",
            "product type",
        ),
        ("case.product",),
        example="消费贷",
    ),
)

_DEBT = (
    Column(
        "principal",
        "贷款本金",
        "Principal",
        values.money,
        "未还本金，元；可写 1.2万",
        "Principal that is owed, in the currency of the book",
        (
            *("本金", "剩余本金", "未还本金", "本金余额", "贷款余额", "loan amount"),
            *("principal balance", "outstanding principal"),
        ),
        ("case.principal",),
        example="12000.00",
    ),
    Column(
        "overdue",
        "逾期金额",
        "Overdue",
        values.money,
        "逾期应还金额，元",
        "Sum that is overdue, in the currency of the book",
        (
            *(
                "逾期总额",
                "逾期总金额",
                "欠款金额",
                "欠款",
                "拖欠金额",
                "overdue amount",
                "amount due",
            ),
            *("past due amount", "arrears", "balance due"),
        ),
        ("case.overdue",),
        example="1500.00",
    ),
    Column(
        "days_past_due",
        "逾期天数",
        "Days past due",
        values.count(0, 36_500, "天|日|days?"),
        "逾期天数，0 为未逾期",
        "Days past due; 0 is not overdue",
        ("逾期日数", "拖欠天数", "dpd", "days overdue", "overdue days", "past due days"),
        ("case.days_past_due",),
        example="45",
    ),
    Column(
        "bucket",
        "账龄",
        "Bucket",
        values.bucket,
        "M0…M7+，只用来核对逾期天数",
        "M0 … M7+: only compared with the days past due, which hold",
        ("逾期阶段", "逾期账期", "账期", "m值", "逾期等级", "stage", "dpd bucket"),
        example="M2",
    ),
)

_VISIT = (
    Column(
        "stop",
        "停催标志",
        "Stop",
        values.stops,
        "停催原因：已结清、争议、投诉、律师、弱势、死亡、住院、服丧、撤回同意、诉讼、其他；"
        "没有则写 否",
        "Why nobody may visit: paid, disputed, complaint, represented, vulnerable, deceased, "
        "hospital, mourning, consent withdrawn, legal hold, other; no where there is none",
        (
            *("停催", "停催原因", "停访", "停访标志", "止催", "停催标识", "是否停催", "stop flag"),
            *("stop reason", "stop code", "do not visit", "do not contact"),
        ),
        ("case.stops", "borrower.stops"),
        example="否",
    ),
    Column(
        "assigned",
        "是否外访",
        "Assigned",
        one_of(YES_NO, "是 or 否, yes or no"),
        "委托方已指定外访",
        "The lender has assigned the case for visit",
        ("指派外访", "外访", "是否上门", "外访标志", "assigned for visit", "field visit"),
        ("case.is_assigned",),
        choices=YES_OR_NO,
        example="是",
    ),
    Column(
        "owner",
        "责任人",
        "Owner",
        values.identifier,
        "负责催收员的工号",
        "Id of the collector who owns the case",
        (
            *("责任催收员", "催收员", "催收员编号", "经办人", "负责人", "责任人工号", "owner id"),
            *("collector", "collector id", "case owner"),
        ),
        ("case.owner",),
        example="DEMO-K01",
    ),
    Column(
        "promise_due",
        "承诺还款日",
        "Promise date",
        values.day,
        "承诺还款的日期，如 2026-11-30",
        "Day on which the promised payment is due",
        ("承诺还款日期", "承诺日期", "ptp", "ptp date", "promise to pay date", "promise due"),
        ("case.promise_due",),
        example="2026-11-30",
    ),
    Column(
        "appointment",
        "预约时间",
        "Appointment",
        appointment,
        "约定上门的日期与时段，如 2026-12-01 14:00-16:00",
        "Day and hours agreed with the borrower, as in 2026-12-01 14:00-16:00",
        ("预约", "预约上门时间", "预约上门", "appointment time", "appointment window"),
        ("case.appointment",),
        example="2026-12-01 14:00-16:00",
    ),
    Column(
        "last_visit",
        "上次上门日期",
        "Last visit",
        values.moment,
        "上次外访的日期，可带时间",
        "Day of the last visit, its time if known",
        (
            "上次外访日期",
            "最近外访日期",
            "上次外访时间",
            "last visit date",
            "last visited",
            "visited at",
        ),
        ("case.visited_at",),
        example="2026-11-02",
    ),
    Column(
        "skills",
        "所需技能",
        "Skills",
        values.words,
        "外访人员须具备的技能，逗号分隔",
        "What a collector must be able to do, separated by commas",
        ("技能", "技能要求", "required skills", "skill"),
        ("case.skills",),
    ),
    Column(
        "crew_size",
        "外访人数",
        "Crew size",
        values.count(1, 9, "人|people|persons?"),
        "至少几人同行",
        "How many collectors the visit needs at least",
        ("人数", "同行人数", "collectors needed", "people needed"),
        ("case.crew_size",),
        example="2",
    ),
)

_PREFIXES = (
    ("home_", ("家庭", "住宅", "居住", "现居", "家"), ("Home", "Residence", "Residential")),
    ("registered_", ("户籍", "户口"), ("Registered", "Household register")),
    ("work_", ("单位", "公司", "工作", "工作单位"), ("Work", "Office", "Employer", "Company")),
    ("", ("", "其他", "联系", "外访"), ("", "Other", "Contact", "Visit")),
)
"""Field prefix and the words for it, the title's first."""

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
        ("place.point", "place.precision", "place.radius_m"),
    ),
    Column(
        "lon",
        "经度",
        "Longitude",
        values.longitude,
        "经度，十进制度数；须注明坐标系",
        "Degrees east, decimal; the datum must be stated",
        ("lon", "lng", "long", "坐标经度", "gps lon"),
        ("place.point", "place.precision", "place.radius_m"),
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


def _of_place(part: Column, prefix: str, zh: tuple[str, ...], en: tuple[str, ...]) -> Column:
    """Return the column of one part of one place: 'home_' and 'address' → 家庭地址."""
    spellings = [
        *(f"{before}{word}" for before, word in product(zh, (part.zh, *part.synonyms))),
        *(f"{before} {word}" for before, word in product(en, (part.en, *part.synonyms))),
    ]
    name = f"{prefix}{part.field}"
    return replace(
        part,
        field=name,
        zh=f"{zh[0]}{part.zh}",
        en=f"{en[0]} {part.en.lower()}" if prefix else part.en,
        synonyms=(*spellings, *_OWN_WORDS.get(name, ())),
        example=_PLACE_EXAMPLES.get(name, ""),
    )


_OWN_WORDS = {
    "home_address": ("住址", "现住址", "现住地址", "家庭住址", "居住地", "residence"),
    "registered_address": ("户籍", "户籍所在地", "户口所在地", "身份证地址", "permanent address"),
    "work_address": ("单位", "office", "workplace", "workplace address"),
}

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

CASES = Registry(
    (
        *_CONTRACT,
        *_DEBT,
        *_VISIT,
        DATUM,
        *(_of_place(part, *prefix) for prefix in _PREFIXES for part in _PARTS),
        _PLACE_KIND,
    )
)
