"""What calamine does not tell about a workbook. In: the archive. Out: findings on hidden rows and columns, and error values.

Every XML part is inflated and counted here before calamine unzips it again without our limits; and a sheet with one
value at A1 and one at XFD1048576 is refused, since calamine would reserve memory for everything between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from luoshi.provenance import Finding
from luoshi.reading.archive import Archive
from luoshi.reading.refusal import refusal
from luoshi.reading.xml import parse_part

MAX_AREA: Final = 1_000_000     # cells in the used area of one sheet, where few of them are filled
DENSE_AREA: Final = 10_000_000  # the same where at least one in SPARSE is: a register of 100,000 rows
SPARSE: Final = 8
# <row r="4" hidden="1" …>
HIDDEN_ROW: Final = re.compile(rb'<(?:\w+:)?row\s(?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\br="(\d+)"')
# <col min="3" max="3" hidden="1"/>
HIDDEN_COLUMN: Final = re.compile(rb'<(?:\w+:)?col\s(?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\bmin="(\d+)"')
# <c r="C5" s="1" t="s">, not the empty <c r="C5" s="1"/>
FILLED: Final = re.compile(rb"""<(?:\w+:)?c\s(?:[^<>]*?\s)?r=["']([A-Z]{1,3})(\d{1,7})["'][^<>]*(?<!/)>""")
# r="AA5" or r="B10000": without one of these there are at most 26 columns and 9,999 rows (r='…' and r ="…" are not looked into)
FAR: Final = re.compile(rb'r="(?:[A-Z]{2,3}\d|[A-Z]\d{5})')
OTHER_QUOTES: Final = re.compile(rb"\br(?:\s+=|=\s|=')")
# <c r="D7"><f>B7*2</f></c>, a formula whose value no program has saved
NO_VALUE: Final = re.compile(rb'<c\b[^<>]*?\br="([A-Z]+\d+)"[^<>]*>\s*<f\b[^<>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
# <c r="D7" t="e">
ERROR: Final = re.compile(rb'<(?:\w+:)?c\s(?=[^<>]*\bt="e")[^<>]*?\br="([A-Z]+\d+)"')


def inspect_sheets(archive: Archive) -> Iterator[Finding]:
    """Check all XML parts; findings for the sheets that are shown."""
    names = _sheet_names(archive)
    for part in archive.members:
        if part.endswith((".xml", ".rels", ".vml")):
            content = archive.read_xml(part)
            if part in names:
                name, is_shown = names[part]
                _check_area(archive, name, content)
                if is_shown:
                    yield from _sheet_findings(name, content)


def _sheet_names(archive: Archive) -> dict[str, tuple[str, bool]]:
    """Part name → sheet name and whether it is shown."""
    if "xl/workbook.xml" not in archive or "xl/_rels/workbook.xml.rels" not in archive:
        raise refusal("file.damaged", archive.name, why="缺少工作簿目录")
    targets = {r.get("Id"): r.get("Target") or "" for r in parse_part(archive, "xl/_rels/workbook.xml.rels")}
    names = {}
    for sheet in parse_part(archive, "xl/workbook.xml").iter("{*}sheet"):
        target = next((targets.get(str(value), "") for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        names[part] = (sheet.get("name") or "", sheet.get("state", "visible") == "visible")
    return names


def _check_area(archive: Archive, name: str, content: bytes) -> None:
    if not FAR.search(content) and not OTHER_QUOTES.search(content):
        return
    filled = FILLED.findall(content)
    if not filled:
        return
    columns = {_column(letters) for letters in {letters for letters, _ in filled}}
    rows = [int(row) for _, row in filled]
    area = (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1)
    if area > DENSE_AREA or (area > MAX_AREA and len(filled) * SPARSE < area):
        raise refusal("xlsx.too-sparse", archive.name, sheet=name, area=area)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet_findings(name: str, content: bytes) -> Iterator[Finding]:
    is_hiding = b"hidden=" in content   # three searches of a big sheet are worth saving
    rows = [row.decode() for row in HIDDEN_ROW.findall(content)] if is_hiding else []
    if rows:
        yield _finding("hidden-rows", name, f"有隐藏的行（第 {_short(rows)} 行），已一并读入。请确认隐藏的行是否还算任务，不算的请删除。")
    columns = [column.decode() for column in HIDDEN_COLUMN.findall(content)] if is_hiding else []
    if columns:
        where = _short(columns)
        yield _finding("hidden-columns", name, f"有隐藏的列（左起第 {where} 列），已一并读入。请确认隐藏的列是否有效，无效的请删除。")
    errors = [cell.decode() for cell in ERROR.findall(content)] if b't="e"' in content else []
    if errors:
        yield _finding("formula-error", name, f"有公式出错的单元格（{_short(errors)}），读到的不是数值。请在 Excel 中改正公式后重新读取。")


    empty = [cell.decode() for cell in NO_VALUE.findall(content)] if b"<f" in content else []
    if empty:
        yield _finding("no-value", name, f"有没有算出结果的公式（{_short(empty)}），读作空白。请在 Excel 或 WPS 中打开并保存一次，再重新读取。")


def _finding(kind: str, sheet: str, what: str) -> Finding:
    return Finding(f"xlsx.{kind}", f"xlsx.{kind}:{sheet}", "warning", f"工作表“{sheet}”{what}")


def _short(items: list[str]) -> str:
    return "、".join(items[:10]) + (f" 等 {len(items)} 处" if len(items) > 10 else "")
