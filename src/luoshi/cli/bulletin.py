"""`luoshi bulletin PACK`: a 督查通报 in official layout, without a server. In: a pack, a day. Out: a .docx or a .pdf."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import typer

from luoshi.cli.run import AS_OF, DOCUMENT, KNOWN_AT

OUT = typer.Option(..., "--out", "-o", help="写到哪里：.docx 或 .pdf")
PREVIOUS = typer.Option(None, "--previous", formats=["%Y-%m-%d"], help="上期统计日：写出与上期的比较")


def bulletin(
    pack: str = typer.Argument(help="数据包：自带的名称（jiaxing-2019）或目录"),
    as_of: datetime = AS_OF,
    out: Path = OUT,
    previous: datetime | None = PREVIOUS,
    known_at: datetime | None = KNOWN_AT,
    document: Path | None = DOCUMENT,
    organ: str = typer.Option("督查室", "--organ", help="发文单位，照落款写"),
    code: str = typer.Option("督", "--code", help="发文字号的代字，如 嘉督"),
    number: int = typer.Option(0, "--number", min=0, help="发文字号的顺序号；不写就是草稿，不编号"),
    addressees: str = typer.Option("各牵头单位", "--to", help="主送"),
    copies_to: str = typer.Option("", "--copies-to", help="抄送，用逗号隔开"),
    fonts: Path | None = typer.Option(None, "--fonts", exists=True, file_okay=False, help="放公文字体的目录，排 PDF 用"),
) -> None:
    """拟一份督查通报，排成公文：.docx 或 PDF。每个数都来自台账、统计或填报。"""
    from luoshi.cli.run import tell
    from luoshi.cli.terminal import fail
    from luoshi.publish.bulletin import Office, compose_bulletin
    from luoshi.publish.bulletin_document import bulletin_document, document_number
    from luoshi.publish.official import DOCUMENT_NUMBER, NOT_NUMBERED
    from luoshi.publish.official_docx import official_docx
    from luoshi.publish.official_typst import official_pdf, substitutes

    if out.suffix not in {".docx", ".pdf"}:
        fail(f"写不了 {out}：只会写 .docx 和 .pdf。请换一个文件名。")
    story = tell(pack, as_of.date(), document, known_at.date() if known_at else None)
    before = tell(pack, previous.date(), document, known_at.date() if known_at else None) if previous else None
    written = document_number(code, story.year, number) if number else NOT_NUMBERED
    if number and not DOCUMENT_NUMBER.match(written):
        fail(f"代字“{code}”不对：写1到8个汉字，如 嘉督。")
    made = compose_bulletin(story.plan.document.title, story.plan, story.items, story.as_of, Office(organ, code, addressees, copies_to),
                            (before.as_of, before.items) if before else None, story.pack.file.example)
    laid = bulletin_document(made, written)
    if out.suffix == ".docx":
        _write(official_docx(laid), out)
    else:
        _write(official_pdf(laid, fonts), out)
        if substitutes(fonts):
            typer.echo(f"说明：{'，'.join(substitutes(fonts))}。要用公文字体，请用 --fonts 指明字体目录。", err=True)


def _write(content: bytes, out: Path) -> None:
    from luoshi.cli.terminal import fail

    temporary = out.with_name(f".{out.name}.part")
    try:
        temporary.write_bytes(content)
        temporary.replace(out)
    except OSError as error:
        fail(f"写不了 {out}：{error.strerror}。请换一个可写的位置。")
