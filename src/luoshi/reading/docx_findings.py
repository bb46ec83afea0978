"""What a person should know about a Word file. In: the document part. Out: findings on what was left out or accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from luoshi.provenance import Finding, Level
from luoshi.reading.wordml import W

# elements, finding id, level, message
MARKS: Final[tuple[tuple[tuple[str, ...], str, Level, str], ...]] = (
    (("ins", "del", "moveFrom", "moveTo"), "docx.tracked-changes", "info",
     "文件带有未处理的修订痕迹，已按“接受全部修订”读取：插入的文字算数，删除的不算。请确认这就是印发的文本。"),
    (("footnoteReference", "endnoteReference"), "docx.footnotes", "info",
     "文件有脚注或尾注，没有读入。如果其中写有要求或口径，请移到正文或表格里。"),
    (("commentReference",), "docx.comments", "info",
     "文件有批注，没有读入。如果批注改变了任务内容，请先改好正文再读。"),
    (("vanish",), "docx.hidden-text", "warning",
     "文件有隐藏文字，屏幕和打印件上看不到，但已一并读入。请在 Word 中显示隐藏文字，确认它们是否算数。"),
    (("object", "altChunk"), "docx.embedded", "warning",
     "文件里嵌有其他文件（如 Excel 对象），其中的内容没有读入。请把它改成普通的 Word 表格，以免漏掉任务。"),
)
TAGS: Final = tuple(W + name for names, *_ in MARKS for name in names)


def notice_findings(body: etree._Element) -> Iterator[Finding]:
    """One finding for each kind of thing that the body holds."""
    present = {node.tag.removeprefix(W) for node in body.iter(*TAGS)}
    for names, id, level, message in MARKS:
        if present.intersection(names):
            yield Finding(id, f"{id}:document", level, message)


def merged_text(place: str, hidden: list[str]) -> Finding:
    """Says that a table has text in cells swallowed by a merge, which Word does not show."""
    message = (
        f"{place} 中有 {len(hidden)} 处文字藏在被合并的单元格里，Word 不显示，也没有读入（例如“{hidden[0][:20]}”）。"
        "请核对原表，需要的文字请移到可见的单元格。"
    )
    return Finding("docx.merged-text", f"docx.merged-text:{place}", "warning", message)
