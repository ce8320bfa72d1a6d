"""A report for the office becomes one page of HTML that needs nothing else and runs nothing."""

from __future__ import annotations

from html import escape

from packet_builder.documents.sheets.report import Part, Piece, Report, Row, Table, tone_of


def report_html(report: Report) -> bytes:
    """Give a report as one page of HTML that needs nothing else and runs nothing."""
    body = "\n".join(_part_html(part, report.packet) for part in report.parts)
    lines = "".join(f"<p>{escape(line)}</p>" for line in report.caption)
    summary = "".join(f"<li>{escape(line)}</li>" for line in report.summary)
    page = _PAGE.format(
        title=escape(report.title),
        mark=escape(report.mark),
        style=_STYLE,
        caption=lines,
        summary=f"<ul>{summary}</ul>",
        body=body,
    )
    return page.encode()


def _part_html(part: Part, packet: str) -> str:
    tables = "\n".join(_table_html(table, packet) for table in part.tables)
    return f"<section><h2>{escape(part.heading)}</h2>\n{tables}</section>"


def _table_html(table: Table, packet: str) -> str:
    notes = "".join(f"<p>{escape(note)}</p>" for note in table.notes)
    head = "".join(
        f'<th scope="col" style="width:{width:.0%}">{escape(name)}</th>'
        for name, width in table.columns
    )
    rows = "\n".join(_row_html(row, packet) for row in table.rows)
    heading = f"<h3>{escape(table.heading)}</h3>{notes}" if table.heading else notes
    if not table.rows:
        return heading
    caption = f'<caption class="hidden">{escape(table.heading)}</caption>'
    return f"{heading}<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>"


def _row_html(row: Row, packet: str) -> str:
    cells = "".join(f"<td>{_cell_html(cell, packet)}</td>" for cell in row.cells)
    tone = tone_of(row.state)
    return f'<tr class="{tone}">{cells}</tr>' if tone else f"<tr>{cells}</tr>"


def _cell_html(cell: tuple[Piece, ...], packet: str) -> str:
    return "<br>".join(_piece_html(piece, packet) for piece in cell)


def _piece_html(piece: Piece, packet: str) -> str:
    text = f"{_drawn_html(piece)}<bdi>{escape(piece.text)}</bdi>"
    if piece.page is None:
        return text
    return f'<a href="{escape(packet, quote=True)}#page={piece.page}">{text}</a>'


def _drawn_html(piece: Piece) -> str:
    """Give the bar and the boxes of a piece; the words beside them say the same."""
    boxes = "".join(
        f'<span class="box {tone_of(state)}">{escape(letter)}</span>'
        for letter, state in piece.boxes
    )
    if piece.share is None:
        return boxes
    return f'<span class="bar"><span style="width:{piece.share:.1%}"></span></span>{boxes}'


_STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.45 Georgia, "Liberation Serif", serif; color: #111; background: #fff;
  max-width: 68rem; margin: 0 auto; padding: 0 1.5rem 3rem; }
.mark { position: sticky; top: 0; background: #fff; border-bottom: 2px solid #a40000;
  color: #a40000; font-weight: bold; padding: .6rem 0; letter-spacing: .03em; }
h1 { font-size: 1.7rem; margin: 1.2rem 0 .4rem; }
h2 { font-size: 1.25rem; margin: 2.2rem 0 .3rem; border-bottom: 1px solid #111; }
h3 { font-size: 1.05rem; margin: 1.4rem 0 .2rem; }
p { margin: .2rem 0; }
h3 + p { color: #444; font-style: italic; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: .4rem 0 1rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0;
  border-bottom: 1px solid #bbb; overflow-wrap: anywhere; }
th { font-size: .85rem; border-bottom: 2px solid #111; }
tr.loud td { color: #a40000; background: #fdeeee; font-weight: bold; }
tr.quiet td { color: #7a4b00; background: #fff6e5; }
tr.sum td { font-weight: bold; }
a { color: #00407a; }
.bar { display: block; height: .45rem; border: 1px solid #111; margin: .25rem 0 .15rem; }
.bar span { display: block; height: 100%; background: #44525f; }
.box { display: inline-block; width: 1.2em; border: 1px solid #111; text-align: center;
  font-size: .8rem; font-weight: normal; margin-right: .2rem; }
.box.loud { color: #a40000; background: #fdeeee; border-color: #a40000; font-weight: bold; }
.box.quiet { color: #7a4b00; background: #fff6e5; border-color: #7a4b00; }
.hidden { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
@media print {
  .mark { position: static; }
  body { padding: 0; max-width: none; }
  tr { break-inside: avoid; }
  thead tr { break-after: avoid; }
  h2, h3 { break-after: avoid; }
}
""".strip()

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
{style}
@page {{
  margin: 20mm 15mm;
  @top-center {{ content: "{mark}"; color: #a40000; font-weight: bold; }}
}}
</style>
</head>
<body>
<p class="mark" role="note">{mark}</p>
<main>
<h1>{title}</h1>
{caption}
{summary}
{body}
</main>
<p class="mark" role="note">{mark}</p>
</body>
</html>
"""
