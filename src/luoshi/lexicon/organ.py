"""Names of units, and lists of them.

In: the text of one responsibility cell or clause. Out: `Organ`, one for each unit, with its place in that text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.lexicon.numeral import fold


@dataclass(frozen=True, slots=True)
class Organ:
    """「单位」 One unit as written; start, end are places in the text that was split."""

    start: int
    end: int
    name: str


_ENDINGS = (
    "局|委|部|办|厅|署|院|会|政府|办公室|中心|集团|公司|处|科|室|人行|银行|支行|分行|大学|学校|学院|医院|所|站|总站|社|联|团委|党委|党组|市委|"
    "县委|区委|省委|妇联|工会|法院|检察院|海关|街道|镇街|街镇|镇|乡|街|村|各?区|各?县|各?市|各?省|州|地|部门|单位|地区|机构|组委|指挥部|专班|企业|运营商|"
    "开发区|园区|新区|高新区|经开区|度假区|示范区|人武部|军分区|气象台|电视台|报社|科协|文联|党校|大队|支队|总队|战队|小组|领导小组|"
    "联盟|商会|基金|馆|台|关|行|校|队|组|院校|高校|园|方|区县|市县|人民政府|属地|管委|主体|投|部委|司|局委办|股|中队|通讯|车务段|工务段|机务段|电务段|供电段|电网|电力|电信|移动|联通|铁塔"
)
# 市财政局、市教育局
_CUT = re.compile(r"[、，,；;\n\r\t/|]|(?<=\S) {2,}(?=\S)|(?<=[局委部办厅署会院社府心团行联）]) (?=[市县区省各国州镇])")
_BRACKETS = re.compile(r"[（【〔《“][^（）【】〔〕《》“”]*[）】〕》”]")  # （人才办）
_ORGAN = re.compile(rf"(?:[^，。；：！？、\d%“”\n（）]|（[^（）\n]{{1,30}}）){{0,28}}(?:{_ENDINGS})(?:（[^（）]{{1,30}}）)?")  # 市委组织部（人才办）
_STRICT = re.compile(
    r"(?:[^\s，。；：！？、\d%“”]{1,18}(?:局|委|部|办|厅|署|政府|办公室|中心|集团|公司|处|科|海关|银行|支行|分行|法院|检察院|街道|部门|单位|管委会|委员会|"
    r"会|总社|联社|妇联|团委|工会|残联|科协|分局|总局|大队|支队|研究院|文联|供销社|地区|院|协会|联合会|基金会|指挥部|专班|机构|医院|大学)"
    r"|各[^\s，。；：！？\d%“”]{1,16})(?:（[^（）\n]{1,30}）)?"
)  # 市发展改革委: what may fill a cell of its own
# 各区、县级市 is one phrase although a mark divides it
_GENERIC_HEAD = re.compile(
    r"(?:全市|市直|市级|有关|相关)?各(?:有关|相关|省|设区|地级(?:以上)?)?(?:省|自治区|市|区|县|地|州|盟|镇|乡|街道|旗)+(?:（[^）]*）)?(?:党委|党工委|委)?"
)
_GENERIC_TAIL = re.compile(
    r"(?:人民)?政府|(?:开发区|园区|功能区|新区)?管委会|(?:自治区|直辖市|县级市|县|市|区|州|旗|镇|乡|街道)(?:（[^）]*）)?(?:党委)?(?:、?(?:人民)?政府|党委政府|管委会|办事处)?(?:（[^）]*）)?"
)
# 市财政局|和|市税务局, but 工业和信息化部 is one name
_AND = re.compile(
    r"(?<=[局委部办厅署会院社联室])(?:和|及|与|以及)"
    r"(?=[^、，；]{1,20}?(?:局|委|部|办|厅|署|政府|会|院|中心|单位|部门|地区|机构|社)(?:$|（|等|[、，；]))"
    r"|(?<=[局委部办厅署会院社联）府心团行关区县市门位室])(?:及|以及|和|与)(?=各|有关|相关|其他|属地|国务院|所在|省直|市直)"
    r"|(?<=[局委部办厅署会院社联）府心团行关])(?:会同|商)(?=[^、，；]{2})"
)
_ETC = re.compile(  # 民政局等|有关部门 · 县医院等|医疗机构
    r"(?<![高中初同平])等(?=(?:国务院|市|省|县|区|中央|国家)?(?:直|级)?(?:有关|相关|各|其他|部门|单位|成员)"
    r"|[^、，；（）等]{0,5}(?:机构|企业|单位|部门|地区|高校|院校|乡镇|街道|公司)(?:$|[、，；]))"
)
_EDGE = " \t\r\n　*★●·.、，,；;。：:"
_CHARGED = re.compile(r"[^、，（）]{2,16}(?:均?由|均?需)(?=[^由需]{2,})")  # 上述任务由|市水务局
_NOTHING = frozenset(("部门", "单位", "", "/", "-", "—", "——", "无", "－", "\\"))
_LEADING = re.compile(r"(?:以?及|和|与|(?:以下)?(?:均|都)?[需由要]|会同|联合|会商|并|请|其中)(?=[^、]{2})")  # 会同|市财政局


def split_organs(text: str) -> tuple[Organ, ...]:
    """「单位」 All units of one responsibility cell. Brackets are never cut open; blank cells give none."""
    return organs_in(text, fold(text))


def organs_in(text: str, flat: str) -> tuple[Organ, ...]:
    """「单位」 The same, where the folded text is at hand."""
    pieces = [piece for piece in _pieces(flat) if piece[0] < piece[1]]
    return tuple(Organ(start, end, text[start:end]) for start, end in _join_generic(flat, pieces))


def is_organ(name: str) -> bool:
    """「单位」 The words end as names of units do."""
    return bool(_ORGAN.fullmatch(name.replace("、", "")))


def fills_a_cell(name: str) -> bool:
    """「单位」 A stricter test, for lines of which nobody knows whether they are cells."""
    return bool(_STRICT.fullmatch(name))


def is_blank_cell(text: str) -> bool:
    """「空格」 Nothing, or a mark that says nothing."""
    return text.strip(" \t\r\n　") in _NOTHING


def _pieces(flat: str) -> list[tuple[int, int]]:
    masked = _BRACKETS.sub(lambda found: "囗" * len(found.group()), flat)
    if "（" in masked:
        masked = _BRACKETS.sub(lambda found: "囗" * len(found.group()), masked)
    cuts = [(found.start(), found.end()) for found in _CUT.finditer(masked)]
    for pattern in (_AND, _ETC):
        cuts += [(found.start(), found.end()) for found in pattern.finditer(flat) if "囗" not in masked[found.start() : found.end()]]
    pieces, last = [], 0
    for start, end in [*sorted(cuts), (len(flat), len(flat))]:
        if start >= last:
            pieces.append(_trim(flat, last, start))
        last = max(last, end)
    return pieces


def _trim(flat: str, start: int, end: int) -> tuple[int, int]:
    while start < end and flat[start] in _EDGE:
        start += 1
    while start < end and flat[end - 1] in _EDGE:
        end -= 1
    led = _LEADING.match(flat, start, end)
    if led and not is_proper_beginning(flat[start:end]):
        start = led.end()
    charged = _CHARGED.match(flat, start, end)
    start = charged.end() if charged else start
    if end - start > 1 and flat[end - 1] == "等":
        end -= 1
    return (end, end) if flat[start:end] in _NOTHING else (start, end)


def is_proper_beginning(name: str) -> bool:
    """「单位」 A name that itself begins with a joining word (和平区政府) keeps it."""
    return name.startswith(("和平", "和田", "及第", "和静", "和县", "和林", "和顺", "与会"))


def _join_generic(flat: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and start - joined[-1][1] == 1 and _GENERIC_HEAD.fullmatch(flat, *joined[-1]) and _GENERIC_TAIL.fullmatch(flat, start, end):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
