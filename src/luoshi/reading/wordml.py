"""Names of WordprocessingML elements, and which of them carry text. In: nothing. Out: constants."""

from __future__ import annotations

from typing import Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
P: Final = W + "p"
R: Final = W + "r"
T: Final = W + "t"
TBL: Final = W + "tbl"
TR: Final = W + "tr"
TC: Final = W + "tc"
PPR: Final = W + "pPr"
TCPR: Final = W + "tcPr"
VAL: Final = W + "val"
SYM: Final = W + "sym"
BOX: Final = W + "txbxContent"
GRID_BEFORE: Final = W + "gridBefore"
GRID_SPAN: Final = W + "gridSpan"
V_MERGE: Final = W + "vMerge"
H_MERGE: Final = W + "hMerge"
MATH_T: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

WRAPPERS: Final = frozenset(
    {W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")} | {MC + "AlternateContent", MC + "Choice"}
)
SKIPPED: Final = frozenset(
    {W + name for name in ("rPr", "pPr", "del", "moveFrom", "instrText", "delText", "rt", "sdtPr", "sdtEndPr")} | {MC + "Fallback"}
)
SIGNS: Final = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}
# Wingdings, which official forms use for boxes: F0FE is the ticked one
SYMBOLS: Final = {"F0FE": "☑", "F052": "☑", "F053": "☒", "F0A8": "☐", "F0A3": "☐", "F06F": "☐", "F0FC": "✓"}

# A table without any of these is read as one flat stream of STREAM, which is three times as fast.
# w:tabs holds tab stops, which look like tabs; w:pStyle and w:numPr may print a number.
KNOTTY: Final = (
    TBL,
    *(W + name for name in ("tabs", "numPr", "pStyle", "hMerge", "del", "moveFrom", "rt", "sym", "txbxContent", "sdt", "fldSimple")),
    MC + "AlternateContent", MATH_T,
)
STREAM: Final = (T, P, V_MERGE, GRID_SPAN, TC, TR, GRID_BEFORE, *SIGNS)
