"""What the layout of a document leaves open. In: the lists that were found and the one that was read. Out: `Finding`s."""

from __future__ import annotations

from luoshi.compiler.draft import tidy
from luoshi.compiler.joined import Listed
from luoshi.compiler.running import Running
from luoshi.compiler.same_tasks import SameTasks
from luoshi.lexicon.written import place_words
from luoshi.provenance import Answer, Finding, SourceRef

KIND_WORDS = {"no": "序号", "title": "任务", "measure": "举措", "lead": "牵头单位", "support": "配合单位", "responsible": "责任单位",
              "people": "责任人", "due": "完成时限", "goal": "目标", "group": "领域", "notes": "备注"}
_WANTED = {"measure": ("具体措施", "每项任务将没有举措，责任直接落在任务上"),
           "lead": ("牵头单位", "没有人对举措负责，无法派发和催办"),
           "goal": ("年度目标", "目标值只能从措施里找"),
           "no": ("序号", "任务只按名称区分")}


def no_list(name: str, has_tables: bool) -> Finding:
    """Nothing in the document is a list."""
    what = "文件里有表格，但没有一张像任务清单，正文里也没有找到任务" if has_tables else "文件里没有找到任务清单表，正文里也没有找到任务"
    return Finding("list.not-found", "list.not-found", "error",
                   f"“{name}”：{what}。清单表要有“任务”或“措施”一栏，以及“牵头单位”“责任单位”或“目标”一栏；"
                   "正文里的任务要写明责任单位（如“（市教育局牵头，市财政局配合）”）或数量目标。请检查原文写法，或另存为 docx、xlsx 后再试。")


def not_there(wanted: str, read: Listed | None) -> Finding:
    """A person asked for a list that the document has not."""
    name = place_words(read.place) if read else "正文"
    return Finding("table.not-there", "table.not-there", "warning", f"文件里没有可以读成清单的“{wanted}”，读了{name}。可选的见其他提示。")


def missing_columns(one: Listed) -> list[Finding]:
    """Columns that a complete list has, and this one has not."""
    kinds = {c.kind for c in one.header.columns}
    wanted = dict(_WANTED)
    if "responsible" in kinds or any("牵头单位" in c.text for c in one.table.cells if c.row >= one.header.end):
        del wanted["lead"]
    if "stage" in kinds:
        del wanted["goal"]
    if "title" not in kinds:
        wanted.pop("measure")
    return [Finding("table.missing-column", f"table.missing-column:{kind}", "warning" if kind == "lead" else "info",
                    f"{place_words(one.place)}：没有“{name}”一栏，{why}。如果原文有这一栏，请检查表头文字。")
            for kind, (name, why) in wanted.items() if kind not in kinds]


def unknown_columns(one: Listed) -> list[Finding]:
    """Columns whose meaning is not known, or only guessed from what stands in them."""
    place = place_words(one.place)
    findings = [Finding("table.unknown-column", f"table.unknown-column:{c.index}", "warning",
                        f"{place}第{c.index + 1}列“{c.header or '（无表头）'}”不知道是什么栏，内容原样留在备注里。"
                        "如果它是任务、目标、单位或时限，请改表头文字后重新导入。",
                        _header_ref(one, c.index))
                for c in one.header.columns if c.kind == "other"]
    mixed = [c for c in one.header.columns if c.kind == "responsible" and "牵头" in c.header and "配合" in c.header]
    findings += [Finding("table.mixed-roles", f"table.mixed-roles:{c.index}", "warning",
                         f"{place}“{c.header}”一栏里牵头和配合写在一起。格内写明“牵头”“配合”的按所写读，没有写明的都读作责任单位。请核对。",
                         _header_ref(one, c.index)) for c in mixed]
    if one.guessed:
        read = "、".join(f"第{c.index + 1}列读作“{KIND_WORDS.get(c.kind, '备注')}”" for c in one.header.columns if not c.header)
        findings.append(Finding("table.columns-guessed", f"table.columns-guessed:{one.place}", "question",
                                f"{place}有的栏没有表头，按格内文字认：{read}。对不对？不对请在原文补上表头后重新导入。",
                                answers=(Answer("right", "对，就这样读"),)))
    return findings


def _header_ref(one: Listed, column: int) -> SourceRef | None:
    cells = [c for c in one.table.cells if c.row < one.header.end and c.column == column and c.text]
    return cells[-1].ref(0, len(cells[-1].text)) if cells else None


def other_lists(chosen: Listed | None, tables: list[Listed], running: Running, same: SameTasks) -> list[Finding]:
    """The tables and the running text that were not read: offered where they could be the list."""
    key, name = (_together(chosen), "和".join(place_words(p) for p in chosen.parts)) if chosen else ("text", "正文")
    findings = [_joined(chosen)] if chosen and len(chosen.parts) > 1 and not chosen.together else []
    for one in tables:
        if chosen and chosen.together and one.place in chosen.parts:
            findings += [_read_together(one, chosen)] if one.place != chosen.place else []
        elif one is not chosen:
            findings.append(_other_table(one, key, name, same))
    if chosen and running.tasks:
        findings += _running_text(chosen, running, same)
    return findings


def _joined(one: Listed) -> Finding:
    places = "、".join(place_words(p) for p in one.parts)
    return Finding("table.joined", f"table.joined:{one.place}", "info", f"{places}栏目相同、前后相接，当作一张清单读。")


def _together(one: Listed) -> str:
    """How a person who chooses names it: one place, or several with commas."""
    return ",".join(one.parts) if one.together else one.place


def _read_together(one: Listed, chosen: Listed) -> Finding:
    """A person chose several; the way back to one stays open."""
    what = "、".join(place_words(p) for p in chosen.parts)
    return Finding("table.another", f"table.another:{one.place}", "question", f"按选择，{what}合在一起当作一张清单读，栏目按表头的意思对齐。",
                   answers=(Answer(_together(chosen), "就这样一起读"), Answer(chosen.place, f"只读{place_words(chosen.place)}"),
                            Answer(one.place, f"只读{place_words(one.place)}")))


def _other_table(one: Listed, key: str, name: str, same: SameTasks) -> Finding:
    first = next((tidy(c.text) for c in one.table.cells if c.text), "")
    what = f"{place_words(one.place)}（{one.table.rows}行，以“{first[:20]}”开头）"
    if not one.header.is_list:
        return Finding("table.not-a-list", f"table.another:{one.place}", "info", f"{what}不像任务清单，没有读。")
    if key == "text" and one.place in same.tables:
        what += f"和正文说的是同样的任务（{same.tables[one.place]}项相同）；"
    both = () if key == "text" else (Answer(f"{key},{one.place}", f"{name}和{place_words(one.place)}一起读"),)
    return Finding("table.another", f"table.another:{one.place}", "question", f"{what}也像一张任务清单，这次没有读。要读哪一张？",
                   answers=(Answer(key, f"只读{name}"), Answer(one.place, f"改读{place_words(one.place)}"), *both))


def _running_text(chosen: Listed, running: Running, same: SameTasks) -> list[Finding]:
    """The tasks of the text: the same as the table's, some besides, or others."""
    answers = (Answer(chosen.place, f"只读{place_words(chosen.place)}"), Answer("text", "改读正文"))
    twice = same.tables.get(chosen.place, 0)
    besides = [task for i, (task, _) in enumerate(running.tasks) if i not in same.matched]
    findings = []
    if twice:
        findings.append(Finding("text.same-tasks", "text.same-tasks", "info",
                                f"正文里的{twice}项任务与{place_words(chosen.place)}的相同，按表读，没有重复导入。"))
    if besides and (twice or running.with_units):
        words = "、".join(f"“{tidy((task.head or task.first).text)[:16]}”" for task in besides[:3])
        findings.append(Finding("table.another", "table.another:text", "question",
                                f"正文里另有{len(besides)}项任务（{words}{'等' if len(besides) > 3 else ''}）不在{place_words(chosen.place)}里，"
                                "这次没有读。要读哪一处？",
                                besides[0].first.ref(0, len(besides[0].first.text)), answers=answers))
    return findings
