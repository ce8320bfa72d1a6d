"""Builds a packet: from the facts to the finished file, in one flow that reads top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache as once
from pathlib import Path
from typing import Any

from packet_builder.assembly.ahead import LettersJob, begin_letters
from packet_builder.assembly.cache import Cache, case_cache, office_cache
from packet_builder.assembly.case_file import CaseFile, dated, placed_findings, read_case_file
from packet_builder.assembly.clients import clients_of
from packet_builder.assembly.draft_pdfs import with_pdfs
from packet_builder.assembly.drafts import look_at_drafts
from packet_builder.assembly.evidence import Taken, taking_in
from packet_builder.assembly.fact_places import FactFiles
from packet_builder.assembly.facts_seen import facts_seen, filing_row
from packet_builder.assembly.filed import read_filed, seen_before
from packet_builder.assembly.form_rows import FormFacts
from packet_builder.assembly.forms import FormShelf, WrittenForm, begin_forms, form_maps, form_shelf
from packet_builder.assembly.letters import Stationery, print_letters, render_letters
from packet_builder.assembly.office import office_of
from packet_builder.assembly.order import Built, Order
from packet_builder.assembly.paper import put_on_paper
from packet_builder.assembly.publish import Folder, publish
from packet_builder.assembly.segments import begin_segments, taken_to_bind
from packet_builder.assembly.sheets import Printer, page_templates, printer_with
from packet_builder.assembly.signatures import signers_of
from packet_builder.assembly.templates import letter_names
from packet_builder.assembly.weighed import Weighed
from packet_builder.assembly.word import WordPress, word_press
from packet_builder.assembly.word_copies import Drafts, RenderedLetter
from packet_builder.case_lock import case_lock
from packet_builder.drafts.shelf import open_shelf
from packet_builder.errors import PacketError
from packet_builder.hands import ALONE, Hands
from packet_builder.model.audience import Audience
from packet_builder.model.filed import Filed
from packet_builder.outline import Outline
from packet_builder.plan.arrange import Plan, arrange
from packet_builder.plan.form_facts import FormFiling
from packet_builder.plan.form_findings import form_findings
from packet_builder.plan.form_map import FormMap
from packet_builder.plan.form_sources import FormSource, form_sources
from packet_builder.plan.planned import DocumentKind
from packet_builder.rules.examine import examine, has_errors
from packet_builder.rules.finding import Dossier, Finding
from packet_builder.rules.report import finding_row
from packet_builder.workspace import Folders, contained_file

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Planned:
    """A case before paper, and what it is put on."""

    plan: Plan
    forms: FormShelf
    stationery: Stationery


@dataclass(frozen=True, slots=True)
class Examined:
    """A case that was read, with its evidence taken in and every finding."""

    case_file: CaseFile
    outline: Outline
    taken: Taken
    dossier: Dossier
    forms: Mapping[str, FormSource]  # what official forms are filled from, by document
    asked: tuple[Finding, ...]  # what they leave open
    findings: tuple[Finding, ...]
    cache: Cache
    press: WordPress
    planned: Callable[[], Planned]  # raises what stands against a plan
    letters: Callable[[], object]  # waits for those that were begun meanwhile

    @property
    def has_errors(self) -> bool:
        """Tell whether the findings stop a build."""
        return has_errors(self.findings)


def built(order: Order, tell: Tell, hands: Hands = ALONE) -> Built:
    """Build the packet of a case; where findings are errors nothing is written.

    Raises a PacketError when the case cannot be read, an exhibit, a draft or a template cannot be
    used, an engine fails, or the bound packet does not account for every page.
    """
    tell("reading facts and evidence")
    with held(order, hands) as ready:
        if ready.has_errors:
            return Built(None, tuple(map(finding_row, ready.findings)))
        made = ready.planned()
        forms = begin_forms(
            made.plan.of_kind(DocumentKind.FORM), made.forms, _caches(order, ready.case_file), hands
        )
        taken = taken_to_bind(ready.taken, draft=made.plan.audience is not Audience.OFFICE)
        exhibits = begin_segments(taken, ready.cache, hands)
        tell("filling forms and writing letters")
        filled = forms()
        ready.letters()
        letters = rendered_letters(ready)
        drafts = _drafts(ready, letters)
        printed = print_letters(letters, drafts, ready.cache, ready.press)
        printer = printer_with(
            ready.cache, page_templates(order.folders.templates, office_cache(order.folders.output))
        )
        paper = put_on_paper(made.plan, printed, ready.taken, printer, filled)
        weighed = _weighed(ready, drafts)
        exhibits()
        bound = publish(paper, made.plan, weighed, _folder(order, ready, printer), tell, hands)
        return replace(bound, logo=made.stationery.logo)


@contextmanager
def held(order: Order, hands: Hands = ALONE) -> Iterator[Examined]:
    """Hold a case for this run, and hand it out examined.

    Other hands begin its letters while its evidence is read.
    """
    case_file = read_case_file(order.case, order.folders, order.filing)
    with case_lock(case_file.folder, order.folders.output / case_file.name):
        yield _examined(order, case_file, hands)


def rendered_letters(ready: Examined) -> tuple[RenderedLetter, ...]:
    """Render the letters of a case that has no errors."""
    made = ready.planned()
    letters = made.plan.of_kind(DocumentKind.LETTER)
    return render_letters(letters, made.plan.letters, made.stationery, ready.cache)


def examined(order: Order) -> Examined:
    """Read a case, take in its evidence and examine it, with its drafts where there are any."""
    with held(order) as ready:
        case_file = ready.case_file
        if ready.has_errors or not open_shelf(case_file.folder, case_file.filing).record.drafts:
            return ready
        weighed = _weighed(ready, _drafts(ready, rendered_letters(ready)))
        return replace(ready, findings=weighed.findings)


def filing_folder(named: str, folders: Folders, filing: str | None) -> Path:
    """Give where the packets of a case's filing lie."""
    case_file = read_case_file(named, folders, filing)
    return folders.output / case_file.name / case_file.filing


def planned(order: Order) -> Iterator[dict[str, Any]]:
    """Give one row for each document of the plan, in order; no evidence is opened."""
    for document in _unread(order)[1].plan.documents:
        yield {
            "id": document.id,
            "kind": document.kind.value,
            "exhibit": document.exhibit,
            "title": document.title,
            "files": [file.name for file in document.files],
        }


def planned_forms(order: Order, form: str) -> tuple[WrittenForm, ...]:
    """Fill one form for each person that a case's filing has it for; no evidence is opened."""
    case_file, made = _unread(order)
    wanted = [one for one in made.plan.of_kind(DocumentKind.FORM) if one.template == form]
    with case_lock(case_file.folder, order.folders.output / case_file.name):
        return begin_forms(wanted, made.forms, _caches(order, case_file), ALONE)()


def _unread(order: Order) -> tuple[CaseFile, Planned]:
    """Plan a case without looking at its evidence."""
    case_file = dated(read_case_file(order.case, order.folders, order.filing), order.date)
    maps = _maps(order, case_file)
    filed = read_filed(case_file, order.folders.output / case_file.name).filed
    return case_file, _planned(order, case_file, maps, filed)


def _maps(order: Order, case_file: CaseFile) -> Mapping[str, FormMap]:
    on, of_the_office = case_file.case.filing.date, office_cache(order.folders.output)
    templates = order.folders.templates
    return form_maps(case_file.outline, on, case_file.law, templates, of_the_office)


def _planned(
    order: Order, case_file: CaseFile, maps: Mapping[str, FormMap], filed: Filed
) -> Planned:
    case, firm, outline, law = case_file.case, case_file.firm, case_file.outline, case_file.law
    names = letter_names(outline, order.folders.templates, office_cache(order.folders.output))
    shelf = form_shelf(outline, case.filing.date, law, order.folders.forms, maps)
    plan = arrange(case, firm, outline, names, shelf.maps, law, filed)
    return Planned(plan, shelf, _stationery(order, case_file))


def _examined(order: Order, read: CaseFile, hands: Hands) -> Examined:
    case_file = dated(read, order.date)
    outline = case_file.outline
    cache, of_the_office = _caches(order, case_file)
    press = word_press(order.engine, order.folders.templates, of_the_office)
    clients = clients_of(case_file.folder.parent, order.folders.output, order.clients)
    case, firm = case_file.case, case_file.firm
    continued = read_filed(case_file, order.folders.output / case_file.name)
    with taking_in(case_file, cache, press, order.passwords) as finished:
        office = office_of(
            case_file, order.folders.templates, clients, of_the_office, press.own_fonts
        )
        maps = _maps(order, case_file)
        planned = once(lambda: _planned(order, case_file, maps, continued.filed))
        letters = _letters_begun(case_file, planned, (cache, press), hands)
        filing = FormFiling(case, firm, outline, case_file.law)
        forms = tuple(form_sources(filing, maps))
        asked = tuple(placed_findings(form_findings(forms), case_file))
        taken = finished()
    dossier = replace(
        _dossier(case_file, outline, taken),
        office=office,
        filed=continued.filed,
        before=seen_before(continued, case_file, outline, cache),
    )
    findings = examine(dossier, case_file.facts, asked)
    by_document = {one.document: one for one in forms}
    return Examined(
        case_file=case_file,
        outline=outline,
        taken=taken,
        dossier=dossier,
        forms=by_document,
        asked=asked,
        findings=findings,
        cache=cache,
        press=press,
        planned=planned,
        letters=letters,
    )


def _letters_begun(
    case_file: CaseFile,
    planned: Callable[[], Planned],
    tools: tuple[Cache, WordPress],
    hands: Hands,
) -> Callable[[], object]:
    """Let other hands write the letters of a case that has no drafts.

    What stands against that is told when their turn comes.
    """
    drafts = open_shelf(case_file.folder, case_file.filing).record.drafts
    with suppress(PacketError):
        if hands.others and not drafts:
            made = planned()
            plan = made.plan
            letters = plan.of_kind(DocumentKind.LETTER)
            draft = plan.audience is not Audience.OFFICE
            job = LettersJob(letters, plan.letters, made.stationery, *tools, draft)
            return begin_letters(job, hands)
    return lambda: None


def _drafts(ready: Examined, letters: Sequence[RenderedLetter]) -> Drafts:
    case_file = ready.case_file
    shelf = open_shelf(case_file.folder, case_file.filing)
    drafts = look_at_drafts(letters, shelf, case_file.case.filing.date, ready.cache)
    return with_pdfs(drafts, letters, shelf, ready.cache)


def _weighed(ready: Examined, drafts: Drafts) -> Weighed:
    """Examine the case again with what stands in its drafts, where there are any."""
    facts = ready.case_file.facts
    forms = FormFacts(ready.forms, FactFiles(facts, ready.case_file.firm_facts))
    if not drafts.seen and not drafts.unread:
        return Weighed(ready.dossier, ready.findings, facts, forms)
    dossier = replace(ready.dossier, drafts=drafts.seen, unread=drafts.unread)
    return Weighed(dossier, examine(dossier, facts, ready.asked), facts, forms)


def _caches(order: Order, case_file: CaseFile) -> tuple[Cache, Cache]:
    """Give the cache of the case, and that of the office."""
    output = order.folders.output
    return case_cache(output, case_file.name), office_cache(output)


def _dossier(case_file: CaseFile, outline: Outline, taken: Taken) -> Dossier:
    seen = {identifier: evidence.seen for identifier, evidence in taken.evidence.items()}
    notice = taken.notice.seen if taken.notice else None
    return Dossier(case_file.case, seen, outline, case_file.law, notice=notice)


def _stationery(order: Order, case_file: CaseFile) -> Stationery:
    """Give templates and logo; the logo stands beside firm.yaml."""
    logo = case_file.firm.logo
    beside = case_file.folder.parent
    return Stationery(order.folders.templates, contained_file(beside, logo) if logo else None)


def _folder(order: Order, ready: Examined, printer: Printer) -> Folder:
    case_file = ready.case_file
    return Folder(
        order.folders.output / case_file.name / case_file.filing,
        case_file.name,
        case_file.filing,
        case_file.case.filing.date,
        ready.press.name,
        printer,
        facts_seen(case_file),
        filing_row(case_file.case, case_file.firm),
        signers_of(case_file.case, case_file.firm),
    )
