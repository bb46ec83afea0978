"""A PDF read in a process of its own, with an end: a crafted one can make pdfium run for ever or crash, and must not take us with it.

In: the bytes. Out: `Contents`, or `Unreadable`. The child is this module run as a program: bytes on stdin, the result on stdout.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from typing import Any, Final

from luoshi.reading.refusal import refusal
from luoshi.reading.source import Contents, Unreadable

SECONDS: Final = 120
CPU_SECONDS: Final = 90
MEMORY: Final = 3 * 1024**3
SENDS: Final = frozenset({("luoshi.reading.source", name) for name in ("Contents", "Table", "Cell", "Paragraph")}
                         | {("luoshi.provenance", name) for name in ("Finding", "SourceRef", "Answer")})
"""What the child may send: nothing but nouns of the document, so that a child that was taken over can send nothing else."""


class _Nouns(pickle.Unpickler):
    """Unpickles the nouns of a document only."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in SENDS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def read_apart(data: bytes, name: str) -> Contents:
    """Read a PDF from its bytes. Raises `Unreadable`, also where the child did not come back in time or at all."""
    try:
        done = subprocess.run([sys.executable, "-I", "-m", __name__, name], input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise refusal("pdf.too-slow", name, seconds=SECONDS) from None
    if done.returncode < 0:      # killed: out of CPU time, or pdfium crashed
        raise refusal("pdf.too-slow", name, seconds=CPU_SECONDS)
    try:
        said = _Nouns(io.BytesIO(done.stdout)).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, IndexError, TypeError, ValueError):
        raise refusal("file.damaged", name, why="PDF 读到一半出错") from None
    if isinstance(said, Contents):
        return said
    raise Unreadable(*said)


def _main() -> None:
    from luoshi.reading.pdf.read import read_pdf

    _limit()
    try:
        said: Any = read_pdf(sys.stdin.buffer.read(), sys.argv[1])
    except Unreadable as error:
        said = (error.id, str(error))
    sys.stdout.buffer.write(pickle.dumps(said))


def _limit() -> None:
    """Where the system can (not on Windows): past its CPU time or memory the child is stopped."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _main()
