"""The pages of the documentation become a site that needs no network: `make docs`.

Every page must be reached from docs/index.md, and every link and anchor must lead somewhere.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

_DOCS = Path(__file__).resolve().parent
_SITE = _DOCS.parent / "output" / "site"
_BY_FILE = re.compile(r"\[([a-z]+\.md)\](?=\(\1)\(([^)]+)\)")
_SETTINGS: dict[str, Any] = {
    "project": "packet_builder",
    "root_doc": "index",
    "extensions": ["myst_parser"],
    "exclude_patterns": ["look", "__pycache__"],
    "nitpicky": True,
    "highlight_language": "text",
    "smartquotes": False,
    # The anchors are those of GitHub, so that a page reads the same there.
    "myst_heading_anchors": 4,
    "html_theme": "furo",
    "html_title": "packet_builder",
    "html_static_path": [str(_DOCS / "look")],
    "html_css_files": ["site.css"],
    "html_copy_source": False,
    "html_show_copyright": False,
    "html_show_sphinx": False,
    "html_use_index": False,
    # It would be fetched, which no browser does from a page that is opened as a file.
    "html_show_search_summary": False,
}


def make_site(pages: Path, site: Path) -> bool:
    """Write pages as a site, say on standard error what is wrong; tell whether nothing is."""
    sphinx = Sphinx(
        srcdir=pages,
        confdir=None,
        outdir=site,
        doctreedir=site / ".doctrees",
        buildername="html",
        confoverrides=_SETTINGS,
        status=None,
        warningiserror=True,
    )
    sphinx.connect("source-read", _titled)
    sphinx.build()
    return sphinx.statuscode == 0


def _titled(_sphinx: Sphinx, _page: str, source: list[str]) -> None:
    """Have a link that says nothing but the name of a file say the title of what it leads to."""
    source[0] = _BY_FILE.sub(r"[](\2)", source[0])


def main() -> None:
    """Write the folders that are named, or docs below output; say where the site begins."""
    pages, site = map(Path, sys.argv[1:] or (_DOCS, _SITE))
    if not make_site(pages, site):
        sys.exit("The site is not in order: see above.")
    sys.stdout.write(f"{site / 'index.html'}\n")


if __name__ == "__main__":
    main()
