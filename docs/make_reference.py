"""The program becomes the parts of its documentation that follow from it.

Started with `python -m docs.make_reference`. Writes whole files (commands.md, facts.md,
variables.md, the picture of the flow), and blocks between two marks inside of others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from docs.reference.commands import commands_page
from docs.reference.deadlines import kinds_block
from docs.reference.errors import error_blocks
from docs.reference.facts import facts_page
from docs.reference.flow import flow_picture
from docs.reference.hostile import elsewhere_block, files_block
from docs.reference.law import law_blocks
from docs.reference.letters import variables_page
from docs.reference.modules import modules_block
from docs.reference.rules import limbs_block, rules_block
from docs.reference.tried import tried_block

DOCS = Path(__file__).resolve().parent
_BLOCK = re.compile(r"(<!-- written: ([a-z0-9-]+) -->\n).*?(\n<!-- end -->)", re.DOTALL)


def pages() -> Mapping[str, str]:
    """Give every file that is written in whole or in part, as it should be, by its name."""
    blocks = {
        **dict(error_blocks()),
        **dict(law_blocks()),
        "deadline-kinds": kinds_block(),
        "rules": rules_block(),
        "limbs": limbs_block(),
        "modules": modules_block(),
        "tried": tried_block(),
        "hostile-files": files_block(),
        "hostile-elsewhere": elsewhere_block(),
    }
    whole = {
        "commands.md": commands_page(),
        "facts.md": facts_page(),
        "pictures/flow.svg": flow_picture(),
        "variables.md": variables_page(),
    }
    partly = {path.name: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
    filled = {name: filled_in(text, blocks) for name, text in partly.items() if name not in whole}
    return {**filled, **whole}


def filled_in(text: str, blocks: Mapping[str, str]) -> str:
    """Give a page with each of its blocks written anew."""
    return _BLOCK.sub(lambda block: f"{block[1]}{blocks[block[2]]}{block[3]}", text)


def main() -> None:
    """Write them."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
