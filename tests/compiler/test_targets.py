"""Targets as read from sentences in our own words."""

from decimal import Decimal
from time import process_time

import pytest

from luoshi.compiler.spans import TargetSpan
from luoshi.compiler.targets import read_targets, read_unread


def brief(text: str) -> list[str]:
    return [f"{t.op}{t.value}{'' if t.value2 is None else f'—{t.value2}'}{t.unit} {t.mode}" for t in read_targets(text, 2021)]


def only(text: str) -> TargetSpan:
    (target,) = read_targets(text, 2021)
    return target


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("服务业营业收入达到320亿元以上", [">=320亿元 level"]),
        ("游客满意度不低于88%", [">=88% level"]),
        ("规上工业产值增长6%左右", ["~6% increase"]),
        ("万元产值能耗下降3.5%", ["=3.5% decrease"]),
        ("审批时限压缩至4个工作日以内", ["<=4个工作日 level"]),
        ("绿化覆盖率提高2个百分点", ["=2个百分点 increase"]),
        ("改造提升12所学校", ["=12所 level"]),
        ("财政收入增长4%—5%", ["range4—5% increase"]),
        ("新建水库3至5座", ["range3—5座 level"]),
        ("城镇和农村居民收入分别增长5%、6%左右", ["~5% increase", "~6% increase"]),
        ("两类门诊报销比例分别达到55%和60%", ["=55% level", "=60% level"]),
        ("社区食堂全覆盖", ["=100% level"]),
        ("审批材料压缩一半", ["=50% decrease"]),
        ("达标率达到百分之九十以上", [">=90% level"]),
        ("办件时间由15天压缩至6天", ["=6天 level"]),
        ("按1：1比例配套资金", ["=1：1 level"]),
        ("不超过总投资的25%", ["<=25% level"]),
        ("加裝電梯不少於40台，惠及居民3萬戶", [">=40台 level", "=3萬戶 level"]),
        ("整治沿街店铺500余家", ["=500家 level"]),
        ("出口增速保持在8%以上", [">=8% increase"]),
        ("为3万名老人免费体检", ["=3万名 level"]),
    ],
)
def test_it_reads_value_unit_comparator_and_direction_as_written(text: str, expected: list[str]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "去年建成泵站30座",
        "2019年完成投资80亿元",
        "已建成绿道15公里",
        "打造“四个1”品牌和G35沿线景观",
        "发展5G、2.0升级版产品",
        "推进12345热线建设",
        "对60岁以上老人给予优待",
        "对投资8亿元以上的企业，优先保障用地",
        "印发《实施意见》（甲政发〔2020〕16号）",
        "1．加强领导",
        "（3）加强领导",
        "第2批重点项目",
        "增值率=（产出-投入）/投入*100%",
        "连续3年给予支持",
        "打造“20分钟健身圈”",
        "全部投资的增速",
    ],
)
def test_a_number_that_promises_nothing_is_no_target(text: str) -> None:
    assert brief(text) == []


def test_a_paragraph_about_last_year_reports_until_it_turns_to_what_is_to_come() -> None:
    text = "过去一年，全县稳中有进。产值增长5%。今年要新增泊位300个。"
    assert brief(text) == ["=300个 level"]


def test_it_reads_about_as_a_band() -> None:
    assert only("新增护理床位300张左右").judged == "band"


def test_a_ceiling_is_judged_at_most_and_growth_at_least() -> None:
    assert only("细颗粒物浓度控制在32微克/立方米以内").judged == "at_most"
    assert only("商品销售额增长9%").judged == "at_least"


def test_striving_governs_forward_to_the_end_of_its_sentence_only() -> None:
    targets = read_targets("新增绿地20公顷，力争引进项目6个、基金3只。新增岗位900个。", 2021)
    assert [t.modality for t in targets] == ["committed", "stretch", "stretch", "committed"]


def test_a_threshold_is_a_condition_and_no_target_of_its_own() -> None:
    target = only("打造9个可利用面积500亩以上的园区")
    assert (target.value, target.name, target.condition) == (Decimal(9), "园区", "可利用面积500亩以上")


def test_a_part_points_at_its_whole() -> None:
    whole, part, other = read_targets("全年引进博士60名以上（其中海外博士8名），新建工作站5个。", 2021)
    assert (whole.of, part.of, other.of) == (None, 0, None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("工业用地亩均税收达到26万元", "工业用地亩均税收"),
        ("培育11家龙头企业", "龙头企业"),
        ("引进在国内有影响力的设计企业7家", "设计企业"),
        ("全年力争新引进领军人才15名", "新引进领军人才"),
        ("75%以上村社建成文化礼堂", "村社建成文化礼堂"),
        ("建设口袋公园30个、健身步道90公里", "健身步道"),
        ("为5000名职工开展心理测评", "职工"),
    ],
)
def test_it_names_what_is_counted_or_measured(text: str, name: str) -> None:
    assert read_targets(text, 2021)[-1].name == name


def test_it_reads_per_what_a_mean_is_taken() -> None:
    assert only("人均公园绿地面积达到16平方米").per == "人"
    assert only("农药使用总量减少3%").per is None


def test_the_governing_deadline_is_the_nearest_before_it() -> None:
    first, second = read_targets("上半年新增泊位800个，年底前累计达到2000个。", 2021)
    assert first.due is not None
    assert second.due is not None
    assert (first.due.date, second.due.date) == ("2021-06-30", "2021-12-31")


def test_a_date_that_opens_a_paragraph_holds_for_all_of_it() -> None:
    assert [t.due and t.due.date for t in read_targets("到2025年，路网更密。公交分担率达到35%。", 2021)] == ["2025-12-31"]


def test_without_a_written_date_there_is_no_due() -> None:
    assert only("新增绿道12公里").due is None


def test_a_number_nobody_understood_is_handed_back() -> None:
    text = "推广新模式36，窗口提前2小时开放"
    assert [text[span.start : span.end] for span in read_unread(text, 2021)] == ["36", "2小时"]


def test_what_was_understood_is_not_handed_back() -> None:
    assert read_unread("1. 2021年底前新增泊位800个，推广5G和“五个1”，对70岁以上老人减免。") == ()


def test_every_span_stands_in_the_text_in_order() -> None:
    text = "新增床位80张、诊室12间，覆盖率达到９５％以上。"
    targets = read_targets(text, 2021)
    assert [text[t.start : t.end] for t in targets] == ["80张", "12间", "达到９５％以上"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建托育园三十五所、社区食堂十二家", ["=35所 level", "=12家 level"]),
        ("放映戏曲电影两万场", ["=2万场 level"]),
        ("东片区两座水厂投产运行", ["=2座 level"]),
        ("物流业营业收入翻一番", ["=1番 increase"]),
        ("旅客满意比例不低于八成", [">=80% level"]),
        ("半数以上的镇通过验收", [">=50% level"]),
        ("教师每年培训不少于72学时", [">=72学时 level"]),
        ("人均预期寿命提高0.5岁", ["=0.5岁 increase"]),
        ("居民收入比缩小到1.8：1以内", ["<=1.8：1 level"]),
        ("零售额较上年增长9%", ["=9% increase"]),
        ("客运量恢复到2019年的九成左右", ["~90% level"]),
    ],
)
def test_it_reads_numbers_written_in_words_and_rarer_units(text: str, expected: list[str]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize("text", ["统筹两个市场", "推进三项制度改革", "办好一件事", "去年引进专家三百名", "已建成泵站两座", "培育一批“两山”企业"])
def test_idioms_divisions_and_reports_in_words_are_neither_read_nor_asked(text: str) -> None:
    assert brief(text) == []
    assert read_unread(text, 2021) == ()


def test_a_number_in_words_that_may_be_meant_is_handed_back() -> None:
    text = "三分之二以上的村建成驿站，五家企业参会"
    assert [text[span.start : span.end] for span in read_unread(text, 2021)] == ["三分之二以上", "五家"]


def test_after_a_look_back_a_list_of_aims_is_read_to_its_end() -> None:
    text = "刚刚过去的五年，产值年均增长6%。今年主要预期目标为：产值增长7%以上；进出口、投资分别增长4%以上和5%；物价涨幅2%左右。"
    assert brief(text) == [">=7% increase", ">=4% increase", "=5% increase", "~2% increase"]


def test_dates_and_numbers_are_shared_out_in_order() -> None:
    first, second = read_targets("分担率到2022年和2024年分别达到40%、50%。", 2021)
    assert [t.due and t.due.date for t in (first, second)] == ["2022-12-31", "2024-12-31"]


@pytest.mark.parametrize("piece", ["三百", "新增三百名达到5家", "2020年", "“", "去年全部占比"])
def test_a_text_without_marks_costs_no_square_of_its_length(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    began = process_time()
    read_targets(text, 2021)
    assert process_time() - began < 6
