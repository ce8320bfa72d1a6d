"""The order that WordprocessingML asks for: what stands in a part against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from packet_builder.documents.word.word import W

# ECMA-376 part 1, 17.3 and 17.4; what is in no list may stand anywhere.
_ORDERS: dict[str, Sequence[str]] = {
    "p": ("pPr", "*"),
    "r": ("rPr", "*"),
    "tc": ("tcPr", "*"),
    "tr": ("tblPrEx", "trPr", "*"),
    "tbl": ("tblPr", "tblGrid", "*"),
    "pPr": (
        *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl"),
        *("numPr", "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens"),
        *("kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN"),
        *("bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing"),
        *("mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
        *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
    ),
    "trPr": ("*", "ins", "del", "trPrChange"),
}
_IN_LINE = frozenset({"p", "hyperlink", "sdtContent", "smartTag", "ins", "customXml", "fldSimple"})
_MARKED = frozenset({"r", "sdt", "smartTag", "customXml", "del", "oMath", "proofErr"})
_PROPERTIES = frozenset({"rPr", "trPr", "numPr"})


def disorder(tree: etree._Element) -> Iterator[str]:
    """Name what stands where it may not."""
    for element in tree.iter(etree.Element):
        name = _name(element)
        if name in _ORDERS:
            yield from _out_of_order(element, _ORDERS[name])
        if name in {"ins", "del"} and _name(element.getparent()) not in _PROPERTIES:
            yield from _misplaced(element)
        if name == "del" and next(element.iter(f"{W}t", f"{W}instrText"), None) is not None:
            boxed = next(element.iter(f"{W}txbxContent"), None)
            if boxed is None:
                yield "live text within what is deleted"


def _out_of_order(element: etree._Element, order: Sequence[str]) -> Iterator[str]:
    anywhere = order.index("*") if "*" in order else len(order)
    ranks = [order.index(n) if (n := _name(c)) in order else anywhere for c in element]
    if ranks != sorted(ranks):
        yield f"{_name(element)} holds {[_name(child) for child in element]}"


def _misplaced(mark: etree._Element) -> Iterator[str]:
    parent = _name(mark.getparent())
    if parent not in _IN_LINE:
        yield f"{_name(mark)} stands in {parent}"
    if strange := [_name(child) for child in mark if _name(child) not in _MARKED]:
        yield f"{_name(mark)} holds {strange}"


def _name(element: etree._Element | None) -> str:
    return "" if element is None else etree.QName(element).localname
