"""The table of figures says what was measured, and is written from that alone."""

from __future__ import annotations

from tests.bench import picture, table
from tests.bench.results import Part, Row, kept, ratios

ROWS = (
    Row("bound anew", "s of CPU", (0.5, 0.3, 0.4), cpu=0.61, mib=45),
    Row("pypdf", "s of CPU", (2.0, 1.0, 4.0), None, None, (0.25, 0.3, 0.1), "is ours", "0.3"),
)
PARTS = (
    Part("many", "Many", "2026-11-26", "Linux", 0.1, ROWS[:1]),
    Part("binding-text-10000", "Large", "2026-11-26", "Linux", 0, ROWS),
    Part("binding-text-200", "Small", "2026-11-26", "Linux", 0, ROWS),
)


def test_each_row_gives_the_median_the_spread_and_the_ratio_of_pairs() -> None:
    page = table.text(PARTS)

    assert "| bound anew | 0.40 (0.30–0.50) s of CPU | 0.61 | 45 |  |  |" in page
    assert "| pypdf | 2.00 (1.00–4.00) s of CPU |  |  | 0.25 (0.10–0.30) is ours | 0.3 |" in page
    assert page.index("Small") < page.index("Large") < page.index("Many")


def test_growth_is_told_where_both_sizes_were_measured() -> None:
    doubled = Part(
        "binding-text-2000", "Half", "2026-11-26", "Linux", 0, (Row("bound anew", "s", (0.1,)),)
    )

    assert "10,000 pages of text, bound anew | 4.00 times" in table.text((*PARTS, doubled))
    assert "times the work" not in table.text(PARTS)


def test_ratios_are_of_what_was_measured_in_the_same_round() -> None:
    assert ratios((1, 6), (2, 3)) == (0.5, 2)


def test_the_picture_draws_each_tool_over_all_sizes() -> None:
    drawn = picture.svg(PARTS)

    assert drawn.count("<polyline") == 1  # of the two rows, the picture knows one
    assert f'points="{picture.x_of(200):.1f},{picture.y_of(0.4):.1f} ' in drawn
    assert ">10,000</text>" in drawn


def test_the_page_of_figures_is_what_the_benchmark_kept() -> None:
    parts = tuple(kept())

    assert table.TARGET.read_text("utf-8") == table.text(parts)
    assert picture.TARGET.read_text("utf-8") == picture.svg(parts)
    assert {part.name for part in parts} >= {"builds-full-dxpdf-slips"}
