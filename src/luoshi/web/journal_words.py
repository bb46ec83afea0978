"""What journal entries say to people. In: the name of an action, of a thing. Out: Chinese words, to be translated.

A test holds this table to the actions: none is without words.
"""

from __future__ import annotations

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_noop as _

ACTION_WORDS: dict[str, str] = {
    "access.refused": _("被拒绝访问"), "backup.make": _("备份"), "backup.restore": _("从备份恢复"), "binding.agree": _("约定怎么算"),
    "binding.restore": _("恢复以前的算法"), "blocker.confirm": _("确认难点解决"), "blocker.consult": _("难点提交会商"),
    "blocker.decide": _("对难点作出决定"), "blocker.escalate": _("难点报领导决定"), "blocker.explain": _("难点作解释说明"),
    "blocker.merge": _("难点并入同一事项"), "blocker.open": _("提出难点"), "blocker.reject": _("难点没有解决"),
    "blocker.separate": _("取消难点合并"), "blocker.solve": _("答复难点"), "blocker.triage": _("难点核实分派"), "bulletin.delete": _("删通报草稿"),
    "bulletin.draft": _("拟通报"), "bulletin.edit": _("改通报"), "bulletin.issue": _("印发通报"), "calendar.keep": _("定放假安排"),
    "call.note": _("记一笔"),
    "change.approve": _("同意指标调整"), "change.open": _("申请指标调整"), "change.refuse": _("不同意指标调整"),
    "change.review": _("指标调整提交领导"), "change.withdraw": _("撤回指标调整"), "channel.drop": _("去掉提醒方式"), "channel.set": _("设提醒方式"),
    "contribution.agree": _("同意配合"), "contribution.confirm": _("确认配合办好"), "contribution.decline": _("不能配合"),
    "contribution.finish": _("配合办完"), "contribution.open": _("请求配合"), "contribution.return": _("配合还没办好"),
    "contribution.withdraw": _("撤回配合请求"), "cycle.drop": _("去掉改期"), "cycle.except": _("改一期的截止日"),
    "cycle.set": _("改一项的报送周期"), "cycle.start": _("改从哪天起报"), "document.answer": _("回答文件的待确认问题"),
    "document.choose-table": _("选定清单所在的表"), "document.compile": _("读完文件"), "document.compile-again": _("重新读文件"),
    "document.edit": _("修改方案草案"), "document.read": _("开始读文件"), "document.receive": _("收到文件"), "document.redo": _("重做一步"),
    "document.refuse": _("文件读不了"), "document.undo": _("撤销一步"), "evidence.keep": _("上传佐证"), "factor.begin": _("开始设二次验证"),
    "factor.codes": _("换恢复码"), "factor.confirm": _("设好二次验证"), "factor.drop": _("取消二次验证"), "factor.pass": _("核对动态码"),
    "factor.reset": _("替人取消二次验证"), "factor.roles": _("定谁须二次验证"), "feed.close": _("停用日历订阅"), "feed.open": _("开通日历订阅"),
    "identity.link": _("关联外部身份"), "identity.refuse": _("拒绝外部身份登录"), "identity.unlink": _("取消外部身份"),
    "incoming.accept": _("受理来件"), "incoming.answer": _("答复来件"), "incoming.decline": _("来件不予受理"),
    "incoming.finish_part": _("来件办完一个环节"), "incoming.hand_on": _("来件改由别的单位办"), "incoming.open": _("收件"),
    "incoming.pause": _("来件暂停计时"), "incoming.resume": _("来件恢复计时"),
    "invite.make": _("生成开通链接"), "invite.use": _("使用开通链接"), "job.ask": _("立即运行任务"), "job.switch": _("停用或启用任务"),
    "journal.anchor": _("写日志锚"), "list.make": _("新建清单"), "meeting.agenda": _("改会议议题"), "meeting.hold": _("记会议议定事项"),
    "meeting.plan": _("拟会议"), "month.close": _("办月结"), "month.reopen": _("重开月结"), "notice.again": _("重发提醒"),
    "notice.digest": _("拟每日汇总"), "notice.remind": _("拟提醒"),
    "notice.send": _("发送提醒"), "office.choose": _("定督查规则"), "password.change": _("本人换密码"), "password.reset": _("重设密码"),
    "person.close": _("停用人员"), "person.import": _("导入人员"), "person.make": _("新增人员"), "person.open": _("恢复人员"),
    "person.sign-in": _("登录"), "person.sign-out": _("退出别处的登录"), "plan.change": _("按决定调整方案"), "plan.confirm": _("确认方案"),
    "post.hand-over": _("交接岗位"), "post.make": _("新增岗位"), "post.remove": _("撤销岗位"), "promise.join": _("确认并报"),
    "promise.split": _("拆开并报"), "register.define": _("建台账或改栏目"), "register.drop": _("撤销自建台账"),
    "report.accept": _("接收填报"), "report.reopen": _("退回重报"), "report.return": _("退回填报"),
    "report.save": _("存填报草稿"), "report.sign": _("签发填报"), "report.submit": _("提交填报"), "round.call": _("加请评委"),
    "round.lock": _("锁定评审"),
    "round.open": _("开始评审"), "rows.check": _("查导入的台账"),
    "rows.confirm": _("确认导入台账"), "rows.correct": _("更正台账行"), "rows.enter": _("台账行入库"), "rows.merge": _("认定同一企业"),
    "rows.move": _("台账行流转"), "rows.receive": _("收到台账文件"), "rows.refuse": _("不收台账文件"), "rows.retire": _("停用台账行"),
    "rows.unmerge": _("撤销认定"), "rows.verify": _("核验台账行"), "rows.write": _("接口写入台账行"), "sample.check": _("填抽查结果"),
    "sample.draw": _("抽取抽查事项"), "search.index": _("更新搜索索引"), "setup.open": _("生成启用链接"), "setup.use": _("使用启用链接"),
    "sheet.declare": _("申报利益关系"),
    "sheet.save": _("存评分表"), "sheet.sign": _("签定评分表"), "slip.ask_extension": _("申请延期"), "slip.close": _("督办单销号"),
    "slip.edit": _("改督办单草稿"), "slip.extend": _("批准延期"),
    "slip.issue": _("发出督办单"), "slip.open": _("拟督办单"), "slip.pause": _("督办单暂停计时"), "slip.receive": _("签收督办单"),
    "slip.refuse_extension": _("不同意延期"), "slip.reply": _("回复督办单"), "slip.resume": _("督办单恢复计时"), "slip.return": _("督办单退回重办"),
    "slip.verify": _("核验督办单"), "slip.withdraw": _("撤回督办单"), "target.break-down": _("分解指标"), "token.make": _("新建令牌"),
    "token.revoke": _("停用令牌"), "unit.alias": _("增加单位别名"), "unit.alias-removed": _("去掉单位别名"), "unit.change": _("修改单位"),
    "unit.make": _("新增单位"),
}
THING_WORDS: dict[str, str] = {
    "backup": _("备份"), "bulletin": _("通报"), "calendar": _("工作日历"),
    "case": _("督查事项"), "closing": _("月结"), "document": _("文件"), "evidence": _("佐证"), "fact": _("台账行"),
    "import": _("导入件"), "job": _("定时任务"), "journal": _("日志"), "list": _("清单"), "meeting": _("会议"), "merge": _("认定"),
    "notice": _("提醒"), "person": _("人员"), "plan": _("方案"), "post": _("岗位"), "promise": _("指标"), "register": _("台账"),
    "report": _("填报"), "round": _("评审"), "sample": _("抽查"), "sample_item": _("抽查项"), "search": _("搜索索引"), "setup": _("启用链接"),
    "sheet": _("评分表"),
    "token": _("令牌"),
    "unit": _("单位"),
}


def action_words(action: str) -> str:
    """In the language of the page."""
    return translate(ACTION_WORDS[action]) if action in ACTION_WORDS else action


def thing_words(about: str) -> str:
    """person:3 → 人员 3; an address stays as it is. What is not one number, such as the state of a search index, says nothing to people."""
    kind, _colon, number = about.partition(":")
    return f"{translate(THING_WORDS[kind])} {number if number.isdecimal() else ''}".strip() if kind in THING_WORDS else about
