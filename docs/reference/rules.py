"""The rules of the program become the page that lists what each of them finds."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType, ModuleType

from docs.reference.sentences import Sentences
from docs.reference.table import table
from packet_builder.plan import form_findings
from packet_builder.rules import limbs
from packet_builder.rules.accepted import NEVER_ACCEPTED
from packet_builder.rules.examine import RULES

_HEAD = ("What you read", "What to do", "Weight", "Rule", "Source")
_OWN = "this program"
#: What stands for a text that a rule takes from somewhere else.
_TAKEN: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            ("row.source", "rule.source", "limit.source", "one.rule.source"),
            "the source of the row of law",
        ),
        "row.what_to_do": "What the row of law says.",
        "shipped.source": "the source of the row of law",
        "missing.cure": 'Add the fact that it names, or name it under "without:" if there is none.',
        "missing.source": "the instructions of the form",
        "lack.cure": "What stands beside the limb, [below](#what-a-limb-may-lack).",
    }
)


def rules_block() -> str:
    """Give every rule, by the part of the case that it looks at."""
    modules = dict.fromkeys(rule.__module__ for rule in RULES)
    parts = [_part(importlib.import_module(name)) for name in modules]
    return "\n\n".join((*parts, _part(form_findings)))


def limbs_block() -> str:
    """Give every fact that a limb of an exception may lack."""
    rows = [
        (sentences.of(call.args[0]), sentences.of(call.args[1]))
        for call, sentences in _calls(limbs, "Lack")
    ]
    return "\n".join(table(("What you read after the limb", "What to do"), rows))


def _part(module: ModuleType) -> str:
    rows = [_row(call, sentences) for call, sentences in _calls(module, "Finding")]
    title = (module.__doc__ or "").splitlines()[0].rstrip(".")
    return "\n".join((f"### {title}", "", *table(_HEAD, rows)))


def _calls(module: ModuleType, name: str) -> Iterator[tuple[ast.Call, Sentences]]:
    for function in ast.parse(inspect.getsource(module)).body:
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                    yield node, Sentences(function, node, vars(module))


def _row(call: ast.Call, sentences: Sentences) -> Sequence[str]:
    rule, weight, message, cure = (_said(sentences, one) for one in call.args[:4])
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    law = call.args[5] if len(call.args) > 5 else named.get("law")  # noqa: PLR2004 - rule to law
    source = _said(sentences, law) if law is not None else _OWN
    return message, cure, _weight(rule, weight), f"`{rule}`", source


def _weight(rule: str, written: str) -> str:
    weights = " or ".join(one.rpartition(".")[2].lower() for one in written.splitlines())
    return f"{weights}; never accepted" if rule in NEVER_ACCEPTED else weights


def _said(sentences: Sentences, node: ast.expr) -> str:
    said = sentences.of(node)
    return _TAKEN.get(said, said)
