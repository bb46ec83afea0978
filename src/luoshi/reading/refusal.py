"""Why a file cannot be read, in Chinese: what, where, why, what to do. In: the id and the file name. Out: `Unreadable`.

Messages name the file, never its folder: they are shown to other people and written to logs.
"""

from __future__ import annotations

from typing import Final

from luoshi.reading.source import Unreadable

REFUSALS: Final[dict[str, str]] = {
    "file.missing": "找不到文件「{name}」。请检查文件名和所在文件夹后重试。",
    "file.not-a-file": "「{name}」是文件夹，不是文件。请选择其中的一份任务清单（docx、xlsx、html、pdf 或 txt）。",
    "file.no-access": "打不开文件「{name}」：{why}。请关闭正在使用它的程序，或检查读取权限后重试。",
    "file.empty": "文件「{name}」里没有文字，读不出任务。请确认保存成功、没有选错文件；如果正文是图片，请换用有文字的版本。",
    "file.too-large": "文件「{name}」有 {size} MB，超过 {limit} MB 的上限。请删去图片等附件，或拆成几份后重试。",
    "file.encrypted": "文件「{name}」设了打开密码，内容无法读取。请在 Word、Excel 或 WPS 中打开，取消密码并另存后重试。",
    "file.macro": "文件「{name}」带有宏（程序代码），为安全起见不读取。请在 Word 或 Excel 中另存为不带宏的 docx 或 xlsx 后重试。",
    "file.legacy": "文件「{name}」是旧格式（{kind}），不能直接读取。请用 {program} 打开，选择“另存为”{target} 后重试。",
    "file.not-converted": (
        "文件「{name}」是旧格式（{kind}），没有转换成功：{why}。请用 {program} 打开，取消密码，选择“另存为”{target} 后重试。"
    ),
    "file.damaged": "文件「{name}」已损坏或不完整：{why}。请重新下载，或在原程序中打开并另存后重试。",
    "file.zip-bomb": "文件「{name}」解压后异常大（{why}），可能是恶意文件，已停止读取。请向提供者核实；确属正常的，请另存为新文件后重试。",
    "file.xml-entities": (
        "文件「{name}」的 {part} 里含有 DTD（实体定义），正常的办公文件不会有，可能是恶意文件，已停止读取。"
        "请在原程序中打开并另存后重试。"
    ),
    "file.image": (
        "文件「{name}」是图片（扫描件），本程序没有文字识别（OCR）功能，读不出文字。"
        "请向发文单位索取 docx、xlsx 原件，或先做文字识别并校对。"
    ),
    "pdf.scanned": (
        "PDF「{name}」里没有文字，只有图片（扫描件），本程序没有文字识别（OCR）功能，读不出任务。"
        "请向发文单位索取 docx、xlsx 原件或有文字的 PDF，或先做文字识别并校对。"
    ),
    "pdf.no-characters": "PDF「{name}」有{share}%的字没有文字编码，读出来会是乱码。请换用 docx、xlsx 原件，或用 Word、WPS 打开后另存为 docx 并校对。",
    "pdf.too-long": "PDF「{name}」有 {count} 页，超过 {limit} 页的上限。请只保留任务清单所在的页，或拆成几份后重试。",
    "pdf.too-slow": (
        "PDF「{name}」读了 {seconds} 秒还没有读完，或读的程序中途退出，已停止读取。"
        "请用 Word、WPS 打开后另存为 docx，或重新生成 PDF 后重试。"),
    "pdf.too-full": "PDF「{name}」的内容异常多（{page}），已停止读取。请另存为新文件，或只保留任务清单所在的页后重试。",
    "file.unknown": "认不出文件「{name}」的格式（{why}）。可以读取的是 docx、xlsx、html、pdf 和 txt，请另存为其中一种后重试。",
    "text.encoding": "文本文件「{name}」的编码认不出来：既不是 UTF-8，也不是 GB18030（GBK）。请用记事本打开，另存为 UTF-8 编码后重试。",
    "docx.no-body": "文件「{name}」里找不到 Word 正文，可能已损坏。请在 Word 或 WPS 中打开并另存为 docx 后重试。",
    "xlsx.no-table": "工作簿「{name}」里没有表格：可见的工作表都不足两行两列。请确认任务清单没有放在隐藏工作表或图片里，再重试。",
    "xlsx.too-sparse": "工作簿「{name}」的工作表“{sheet}”范围过大（{area} 格），可能在很远的行列误填了内容。请删除多余的行列后重试。",
    "html.too-wide": "网页「{name}」的表格合并单元格数目异常（超过 {limit} 格），已停止读取。请把表格复制到 Word 或 Excel 中保存后重试。",
    "html.too-deep": "网页「{name}」的标签嵌套过深，读不完整。请把正文复制到 Word 中保存为 docx 后重试。",
}


def refusal(id: str, name: str, **facts: object) -> Unreadable:
    """The error to raise for this kind of unreadable file."""
    return Unreadable(id, REFUSALS[id].format(name=name, **facts))
