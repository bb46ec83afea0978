"""Words that the core and the tables write in Chinese and pages say in their own language. In: nothing. Out: marks for the translators.

A test holds this table to the constants it stands for: no state, role or kind is without words.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

FIXED_WORDS: tuple[str, ...] = (
    # lights
    _("严重滞后"), _("滞后"), _("正常"), _("完成"), _("无数据"), _("不评判"),
    # what a figure rests on
    _("计算"), _("官方"), _("成果"), _("评定"), _("填报"), _("未定"), _("台账计算"), _("官方统计"),
    # roles, kinds of unit, scopes of tokens
    _("系统管理员"), _("督查室"), _("单位联络员"), _("单位负责人"), _("市领导"), _("核验人"), _("考核人"), _("审计人"), _("系统"),
    _("部门"), _("区县"), _("开发区"), _("国有企业"), _("垂直管理单位"), _("其他"), _("清单、方案、指标、数及其依据、台账"),
    # states of documents, reports, bulletins; acts on a report
    _("已收到"), _("正在读"), _("已读完"), _("读不了"), _("已确认"), _("草稿"), _("已印发"),
    _("待单位负责人签发"), _("待督查室接收"), _("已接收"), _("已退回"), _("存为草稿"), _("提交"), _("签发"), _("退回"), _("接收"),
    # kinds and columns of registers
    _("台账"), _("序列"), _("成果清单"), _("名称"), _("编号"), _("计入数"), _("核验"), _("佐证"), _("原因"), _("期间"), _("数值"), _("说明"),
    _("阶段"), _("日期"), _("文号"), _("数据日期"), _("填报单位"), _("空"), _("未填"),
    # what an explanation is made of
    _("任务"), _("牵头"), _("类别"), _("怎么算"), _("两边"), _("口径"), _("数据来自"), _("依据"), _("待核实"), _("怎么评"), _("灯规则"), _("应达"),
    _("并列口径"), _("备注"), _("指标"), _("节点"), _("请核对"),
)
