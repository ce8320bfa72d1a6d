"""The one Jinja environment of the letter templates: words, `if`, `for`, few filters and `cite`."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from jinja2 import StrictUndefined, TemplateError, Undefined, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from packet_builder.model.narrative import PageRange
from packet_builder.plan.citations import Submitted, printed_citation
from packet_builder.plan.wording import capitalized, ended, joined, possessive

#: All that a template may do. Loops run over the context's own lists, nothing counts or repeats
#: and nothing is defined, so every template comes to an end.
LANGUAGE: frozenset[type[nodes.Node]] = frozenset(
    {
        *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Name),
        *(nodes.Getattr, nodes.Filter, nodes.Not, nodes.And, nodes.Or, nodes.Const),
        *(nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.Call),
    }
)
#: Loops within loops; each multiplies the time that a template may take.
DEEPEST_LOOP = 3
#: Tags within tags, expressions within expressions, letters of one tag: far beyond any template,
#: and far below what Python reads.
DEEPEST_TAG = 20
DEEPEST_EXPRESSION = 30
LONGEST_TAG = 1_000
#: Rounds of all loops of a template together, and letters of what it prints: a thousand pages.
MOST_ROUNDS = 20_000
MOST_LETTERS = 3_000_000

FILTERS: Mapping[str, Callable[..., str]] = MappingProxyType(
    {
        "capitalized": capitalized,
        "ended": ended,
        "joined": joined,
        "possessive": possessive,
    }
)


class ValueNotPrintableError(TemplateError):
    """A template prints what is no text: nothing, a list, a group of values."""

    def __init__(self, value: object) -> None:
        super().__init__(
            f"prints {_SHOWN.get(type(value), 'a group of values')}, which is not a text"
        )


class UnknownName(StrictUndefined):
    """A name that the context does not have; any use of it is an error."""

    @property
    def _undefined_message(self) -> str:
        near: list[str] = []
        if isinstance(self._undefined_obj, Mapping):
            near = difflib.get_close_matches(str(self._undefined_name), self._undefined_obj, 1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        return f'there is no "{self._undefined_name}"{hint}'


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """Looks attributes up in the context's mappings only; calls nothing but `cite`."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Give a mapping's value; methods and attributes of Python objects do not exist."""
        if isinstance(obj, Undefined) or type(obj).__name__ == "LoopContext":
            return super().getattr(obj, attribute)
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401 - Jinja's own signature
        """Let a template call `cite` and nothing else."""
        return obj is cite


def letter_environment(printed: Callable[[str], None] | None = None) -> LetterEnvironment:
    """Make the environment; `printed` is told each text that a template prints, in order."""

    def finalize(value: object) -> object:
        if isinstance(value, Undefined) or _is_picture(value):
            return value
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise ValueNotPrintableError(value)
        if printed is not None:
            printed(str(value))
        return value

    environment = LetterEnvironment(undefined=UnknownName, autoescape=True, finalize=finalize)
    environment.filters = dict(FILTERS)
    environment.globals = {"cite": cite}
    environment.tests = {}
    return environment


@pass_context
def cite(context: Context, evidence: str, *pages: int | str) -> str:
    """Print a citation: `cite("osei-letter")`, `cite("osei-letter", 3, "5-7")`."""
    letters = context.get("exhibits") or {}
    if evidence not in letters:
        message = f'cites "{evidence}", which is not evidence of this filing'
        raise TemplateError(message)
    letter = letters[evidence]
    cited = letter if isinstance(letter, str) else Submitted(**letter)
    return printed_citation(cited, [_pages(page) for page in pages])


def _is_picture(value: object) -> bool:
    return hasattr(value, "__html__") and not isinstance(value, str)


def _pages(page: int | str) -> PageRange:
    first, _, last = str(page).partition("-")
    if not first.isdecimal() or not (last or first).isdecimal():
        message = f'cites page "{page}"; write a number, or two as "5-7"'
        raise TemplateError(message)
    return PageRange(int(first), int(last or first))


_SHOWN: Mapping[type, str] = MappingProxyType(
    {type(None): "nothing (None)", list: "a list", bool: "yes or no"}
)
