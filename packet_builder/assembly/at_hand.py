"""What other processes need for a build, imported while nothing is asked of them yet."""

from packet_builder.assembly import ahead, beside, matrix_report, preflight
from packet_builder.documents import engines
from packet_builder.documents.letters import letter, signature_lines
from packet_builder.documents.sheets import report, report_html
from packet_builder.packet import citations, comparison, segment_making

__all__ = [
    "ahead",
    "beside",
    "citations",
    "comparison",
    "engines",
    "letter",
    "matrix_report",
    "preflight",
    "report",
    "report_html",
    "segment_making",
    "signature_lines",
]
