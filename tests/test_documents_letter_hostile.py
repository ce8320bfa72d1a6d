"""Templates are code from a friend: what they may not do, however they try, and for how long."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
import pytest
from jinja2 import TemplateError
from jinja2.exceptions import SecurityError

from packet_builder.documents.letters import environment as letters
from packet_builder.documents.letters.check import check_templates
from packet_builder.documents.letters.environment import cite, letter_environment
from packet_builder.documents.letters.errors import TemplateBrokenError
from packet_builder.documents.letters.letter import render_letter
from packet_builder.documents.word.word import open_word
from tests.letter_templates import planned, saved, template, words

#: Ways out of Jinja's sandbox and its defaults, as advisories and lists of attacks have them.
ESCAPES = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ name.__class__.__base__.__subclasses__() }}",
    "{{ name.__getattribute__('__class__') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cite.__globals__ }}",
    "{{ cite.__code__.co_consts }}",
    "{{ cite|attr('__globals__') }}",
    "{{ name|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ lipsum.__globals__.os.popen('id').read() }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ config.items() }}",
    "{{ request.application.__globals__ }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(name) }}",  # CVE-2016-10745
    "{{ '{x.__class__}'.format_map({'x': name}) }}",  # CVE-2019-10906
    "{{ {'a b': 1}|xmlattr }}",  # CVE-2024-22195, CVE-2024-34064
    "{{ ('{0.__class__}'|attr('format'))(name) }}",  # CVE-2024-56326
    "{{ (''|attr('for' ~ 'mat'))(name) }}",  # CVE-2025-27516
    "{{ names|map(attribute='__class__')|list }}",
    "{{ names|map('format', name)|list }}",
    "{{ names|groupby('__class__') }}",
    "{{ names|sort(attribute='__class__') }}",
    "{{ names|sum(start=name.__class__) }}",
    "{{ names.append('x') }}",
    "{{ person.update({'a': 1}) }}",
    "{{ person.clear() }}",
    "{{ person['__class__'] }}",
    "{{ names[0].__class__ }}",
    "{{ dict(a=1) }}",
    "{{ debug() }}",
    "{{ super() }}",
    "{{ caller() }}",
    "{% for a in names %}{{ loop.__class__ }}{% endfor %}",
    "{% for a in names %}{{ loop._iterator }}{% endfor %}",
    "{% for a in names %}{{ loop.cycle.__globals__ }}{% endfor %}",
    "{% for a in names %}{{ loop(names) }}{% endfor %}",
    "{% for a in names recursive %}{{ loop(names) }}{% endfor %}",
    "{% for a in name.__class__.__mro__ %}x{% endfor %}",
    "{% if name.__class__ %}x{% endif %}",
    "{% if name.startswith('R') %}x{% endif %}",
    "{% import 'os' as os %}",
    "{% from 'os' import popen %}",
    "{% include '/etc/passwd' %}",
    "{% extends '/etc/passwd' %}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% set f = ''.format %}{{ f(name) }}",
    "{% with f = name %}{% endwith %}",
    "{% filter upper %}x{% endfilter %}",
    "{% call f() %}{% endcall %}",
    "{% block b %}{% endblock %}",
    "{% autoescape false %}{{ name }}{% endautoescape %}",
    "{% raw %}{{ name }}{% endraw %}",
    "{% do names.append('x') %}",
    "{% debug %}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'a' * 9999999999 }}",
    "{{ range(999999999) }}",
    "{{ '%999999999d' % 1 }}",
    "{{ 'a'.center(9999999999) }}",
    "{{ name ~ name }}",
    "{{ [name] }}",
    "{{ (name,) }}",
    "{{ {'a': name} }}",
    "{{ name is callable }}",
    "{{ {{ name }} }}",
)


def context() -> dict[str, Any]:
    return {"name": "Ruth", "names": ["A", "B"], "person": {"name": "Ruth"}, "exhibits": {}}


@pytest.mark.parametrize("escape", ESCAPES)
def test_no_trick_leads_out_of_a_letter(tmp_path: Path, escape: str) -> None:
    given = context()

    with pytest.raises(TemplateBrokenError) as caught:
        words(tmp_path, "First.", escape, **given)

    assert str(caught.value).startswith('letter.docx, paragraph 2 ("')
    assert given == context()
    assert not (tmp_path / "out.docx").exists()


#: What must not come to anything even where nobody looked at the tags before.
RUN = [
    escape
    for escape in ESCAPES
    if not re.search(r"[*]|center|range|%999|raw|autoescape|with |macro|block|filter", escape)
    and escape not in {"{{ [name] }}", "{{ (name,) }}", "{{ {'a': name} }}", "{{ name ~ name }}"}
]


@pytest.mark.parametrize("escape", RUN)
def test_the_environment_alone_leads_nowhere_either(escape: str) -> None:
    """The tags are looked at first; this is the second wall."""
    given = context()

    with pytest.raises((TemplateError, SecurityError, TypeError)):
        letter_environment().from_string(escape).render(given)

    assert given == context()
    assert cite.__name__ == "cite"


def loops(*lists: str) -> str:
    head = "".join("{% for " + f"{name[0]} in {name}" + " %}" for name in lists)
    return head + "x" + "{% endfor %}" * len(lists)


def test_loops_that_would_run_for_hours_are_stopped_at_their_paragraph(tmp_path: Path) -> None:
    many = [f"Claim {number}" for number in range(1_000)]

    with pytest.raises(TemplateBrokenError) as caught:
        words(tmp_path, "First.", loops("a_s", "b_s", "c_s"), a_s=many, b_s=many, c_s=many)

    said = str(caught.value)
    assert said.startswith('letter.docx, paragraph 2 ("{% for a in a_s %}')
    assert "go round more than 20,000 times in all" in said


def test_loops_without_anything_in_them_are_stopped_too(tmp_path: Path) -> None:
    many = ["x"] * 10_000
    paragraphs = (
        "{%p for a in names %}",
        "{%p for b in names %}",
        "{%p endfor %}",
        "{%p endfor %}",
    )

    with pytest.raises(TemplateBrokenError, match=r"paragraph 2 .*go round more than"):
        words(tmp_path, *paragraphs, names=many)


def test_a_letter_that_prints_without_end_is_stopped_at_its_paragraph(tmp_path: Path) -> None:
    long = "word " * 1_000

    with pytest.raises(TemplateBrokenError) as caught:
        words(tmp_path, "First.", "{% for a in names %}{{ a }}{% endfor %}", names=[long] * 1_000)

    said = str(caught.value)
    assert said.startswith('letter.docx, paragraph 2 ("')
    assert "longer than 3,000,000 letters" in said


def test_a_letter_as_long_as_any_is_made(tmp_path: Path) -> None:
    paragraphs = ("{%p for a in names %}", "{{ a }}", "{%p endfor %}")

    made = words(tmp_path, *paragraphs, names=["word " * 20] * 600)

    assert len(made) >= 600


def test_what_takes_too_long_is_found_by_the_check_too(tmp_path: Path) -> None:
    folder = template(tmp_path, loops("a_s", "a_s", "a_s"))
    example = {"a_s": ["x"] * 50, "exhibits": {}}

    (fault,) = check_templates(folder, ["letter"], [example])

    assert "go round" in fault.fault


@pytest.mark.parametrize(
    ("paragraph", "fault"),
    [
        ("{{ " + "(" * 900 + "name" + ")" * 90 + " }}", "cannot be read"),
        ("{% if " + "not " * 240 + "name %}x{% endif %}", "more than 30 things in one another"),
        ("{{ name" + " | ended" * 100 + " }}", "more than 30 things in one another"),
        ("{{ name" + ".name" * 150 + " }}", "more than 30 things in one another"),
        ("{{ name" + " | ended" * 200 + " }}", "is longer than 1,000 letters"),
        ("{% if name %}" * 150 + "x" + "{% endif %}" * 150, "lies within more than 20 others"),
        ("{{" * 50_000, "a tag is opened or closed only by half"),
        ("{% " * 50_000 + "}}", "a tag is opened or closed only by half"),
        ("{{ name }} {{ " + "x" * 100_000, "a tag is opened or closed only by half"),
    ],
)
def test_tags_that_choke_a_parser_are_refused(tmp_path: Path, paragraph: str, fault: str) -> None:
    with pytest.raises(TemplateBrokenError, match=re.escape(fault)) as caught:
        words(tmp_path, "First.", paragraph, name="Ruth")

    assert 'letter.docx, paragraph 2 ("' in str(caught.value)
    assert len(str(caught.value)) < 2_000


def test_the_limits_leave_room_for_every_letter_of_the_samples() -> None:
    """A whole case goes round some hundred times; see tests/test_samples.py for its letters."""
    assert letters.MOST_ROUNDS >= 20_000
    assert letters.MOST_LETTERS >= 1_000_000


def test_a_template_with_a_thumbnail_of_another_letter_loses_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Dear {{ name }}")
    templates = saved(document, tmp_path)

    render_letter(planned({"name": "Ruth"}), templates, tmp_path / "out.docx")

    before, after = (open_word(path).parts for path in (_letter(templates), tmp_path / "out.docx"))
    assert any("thumbnail" in name for name in before)
    assert not any("thumbnail" in name for name in after)
    assert b"thumbnail" not in after["_rels/.rels"]
    assert docx.Document(str(tmp_path / "out.docx")).paragraphs[0].text == "Dear Ruth"


def _letter(templates: Path) -> Path:
    return templates / "letters" / "letter.docx"
