"""The extractors. In: a file of text. Out: for `worker.py`, what to run (→ characters read) and what to say of it.

Everyone is fed the way that is fastest for him: jionlp and recognizers in blocks of about 2,000 characters, the others the
whole text. Who is slow is cut off after CUT_OFF CPU seconds, at the end of a block; speeds are of what was read by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

CUT_OFF = 0.5
BLOCK = 2000
Work = tuple[Callable[[], Any], Callable[[Any], Any]]


def luoshi_extract(path: str, piece: int = 0) -> Work:
    """`extract`: units, targets and deadlines. piece: in pieces of lines up to that many characters; 0: the whole text."""
    from luoshi.compiler.extract import extract

    return _reading(path, lambda text: extract(text, "2019年重点工作任务"), piece)


def luoshi_compile(path: str) -> Work:
    """The whole way from the file to the plan, as `luoshi compile` goes it."""
    from luoshi.compiler.passes import compile_plan
    from luoshi.compiler.sentences import read_sentences
    from luoshi.reading.read import read_document

    file = Path(path)
    length = len(file.read_text("utf-8"))

    def run() -> Any:
        read_sentences.cache_clear()  # every round reads anew
        return compile_plan(read_document(file))

    return run, (lambda plan: length if plan.tasks else 0)


def regex(path: str) -> Work:
    """The baseline of `baseline.py`."""
    from baseline import quantities

    return _reading(path, quantities, 0)


def jionlp_money(path: str) -> Work:
    """Sums of money."""
    from jionlp import ner

    return _reading(path, ner.extract_money, BLOCK)


def jionlp_money_time(path: str) -> Work:
    """Sums of money, and expressions of time."""
    from jionlp import ner

    return _reading(path, lambda text: (ner.extract_money(text), ner.extract_time(text)), BLOCK)


def recognizers(path: str, piece: int = BLOCK) -> Work:
    """Numbers, percentages, currencies, dimensions."""
    return _reading(path, recognizers_all(), piece)


def recognizers_all() -> Callable[[str], list[Any]]:
    """The four models as one function, already built."""
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    models = (recognize_number, recognize_percentage, recognize_currency, recognize_dimension)
    return lambda text: [found for model in models for found in model(text, Culture.Chinese)]


def cn2an_transform(path: str) -> Work:
    """Rewrites numerals; extracts nothing."""
    import cn2an

    return _reading(path, cn2an.transform, 0)


def blocks(text: str, size: int) -> Iterator[tuple[int, str]]:
    """Whole lines, together up to `size` characters where a line is not longer; each with its place. size 0: all of it."""
    start, end = 0, 0
    for line in text.splitlines(keepends=True) if size else ():
        if end > start and end + len(line) - start > size:
            yield start, text[start:end]
            start = end
        end += len(line)
    yield start, text[start:]


def _reading(path: str, read: Callable[[str], Any], piece: int) -> Work:
    pieces = [block for _, block in blocks(Path(path).read_text("utf-8"), piece)]

    def run() -> int:
        stop, done = process_time() + CUT_OFF, 0
        for block in pieces:
            read(block)
            done += len(block)
            if process_time() > stop:
                break
        return done

    return run, lambda done: done
