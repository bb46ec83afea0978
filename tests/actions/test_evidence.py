"""Evidence is what its content is: whatever its name says."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from luoshi.actions.evidence_kind import EXTENSIONS, EvidenceRefused, kind_of
from luoshi.actions.keep_evidence import bare_name, keep_evidence
from luoshi.store.models import EvidenceRecord
from luoshi.store.who import NotAllowed
from tests.actions.reporting import jpeg, packed, png
from tests.web.world import AT, World, world  # noqa: F401

DOCX, XLSX = packed("[Content_Types].xml", "word/document.xml"), packed("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("现场.jpg", jpeg(), "jpeg"), ("现场.JPEG", jpeg(), "jpeg"), ("图.png", png(), "png"), ("批复.pdf", b"%PDF-1.7\n1 0 obj\n", "pdf"),
    ("说明.docx", DOCX, "docx"), ("明细.xlsx", XLSX, "xlsx")])
def test_it_takes_what_is_what_it_says(name: str, content: bytes, kind: str) -> None:
    assert kind_of(name, content) == kind


@pytest.mark.parametrize(("name", "content", "words"), [
    ("现场.jpg", b"MZ\x90\0" + b"\0" * 200, "内容不是jpg"),
    ("现场.jpg", b"<html><script>alert(1)</script></html>", "内容不是jpg"),
    ("现场.jpg", png(), "内容不是jpg"),
    ("现场.jpg", b"\xff\xd8\xff\xe0\0\x02<html>", "内容不是jpg"),
    ("图.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "内容不是png"),
    ("图.png", png(0, 0), "内容不是png"),
    ("批复.pdf", b"<svg onload=alert(1)>", "内容不是pdf"),
    ("说明.docx", packed("a.txt"), "内容不是docx"),
    ("说明.docx", XLSX, "内容不是docx"),
    ("说明.docx", packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "内容不是docx"),
    ("说明.docx", b"PK\x03\x04" + b"\0" * 50, "内容不是docx"),
    ("全部.zip", packed("a.txt"), "压缩包请解开"),
    ("跑.exe", b"MZ", "不是收得下的类型"),
    ("没有扩展名", jpeg(), "不是收得下的类型"),
    ("页.html", b"<html>", "不是收得下的类型"),
    ("图.svg", b"<svg/>", "不是收得下的类型"),
    ("空.pdf", b"", "空文件"),
    ("大.jpg", jpeg(b"\0" * 30_000_000), "有30 MB，一份佐证最多10 MB")])
def test_it_refuses_the_rest_in_words(name: str, content: bytes, words: str) -> None:
    with pytest.raises(EvidenceRefused, match=words):
        kind_of(name, content)


def test_a_picture_that_would_be_huge_is_not_decoded() -> None:
    assert kind_of("图.png", png(50_000, 50_000)) == "png"


@given(content=st.binary(max_size=400), start=st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"%PDF-"]),
       extension=st.sampled_from([*EXTENSIONS, ".exe"]))
def test_no_content_makes_it_fall_over(content: bytes, start: bytes, extension: str) -> None:
    try:
        kind = kind_of(f"x{extension}", start + content)
    except EvidenceRefused:
        return
    assert kind == EXTENSIONS[extension]


@pytest.mark.parametrize(("name", "bare"), [("../../etc/passwd.png", "passwd.png"), ("C:\\照片\\1.jpg", "1.jpg"), ("a\r\nX: y.pdf", "aX: y.pdf"),
                                            ("", "file"), ("长" * 300 + ".pdf", "长" * 116 + ".pdf")])
def test_a_name_is_remembered_and_never_a_path(name: str, bare: str) -> None:
    assert bare_name(name) == bare


def test_it_is_stored_once_under_its_hash(world: World) -> None:  # noqa: F811
    who, organ = world.who("liaison"), world.organ("市经信局").pk
    first = keep_evidence(who, AT, world.list.pk, "../x.png", png(), "file_report", organ)
    again = keep_evidence(who, AT, world.list.pk, "y.png", png(), "file_report", organ)
    assert first.file == again.file == f"evidence/{first.sha256[:2]}/{hashlib.sha256(png()).hexdigest()}"
    assert (Path(settings.MEDIA_ROOT) / first.file).read_bytes() == png()
    assert list(EvidenceRecord.objects.order_by("id").values_list("name", "kind")) == [("x.png", "png"), ("y.png", "png")]


def test_it_needs_the_right_of_what_it_belongs_to(world: World) -> None:  # noqa: F811
    with pytest.raises(NotAllowed):
        keep_evidence(world.who("liaison_b"), AT, world.list.pk, "x.png", png(), "file_report", world.organ("市经信局").pk)
