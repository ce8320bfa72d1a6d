"""Examines a case by every rule, once, every finding with its place in the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from packet_builder.facts.tree import Facts
from packet_builder.outline import Outline, Subject
from packet_builder.rules import (
    ages,
    agreement,
    answers,
    citations,
    claims,
    continued,
    dates,
    deadlines,
    delivery,
    drafts,
    event_agreement,
    event_order,
    evidence,
    exceptions,
    fees,
    history,
    initial_evidence,
    internal,
    interview,
    law_used,
    leftovers,
    notices,
    office,
    passports,
    re_parole,
    recommended,
    redactions,
    request,
    statements,
    strangers,
    strength,
    support,
    translations,
    urgency,
    waiver,
    work_permit,
)
from packet_builder.rules.accepted import accept, check_acceptances
from packet_builder.rules.catalogue import RULE_IDS
from packet_builder.rules.finding import Dossier, Finding, Weight
from packet_builder.rules.stricter import made_stricter

Rule = Callable[[Dossier], Iterable[Finding]]

#: What every filing is examined by.
ALWAYS: tuple[Rule, ...] = (
    citations.cited_evidence_exists,
    citations.cited_pages_exist,
    citations.quotes_stand_on_their_page,
    evidence.evidence_has_a_file,
    evidence.files_are_filed_once,
    evidence.files_differ_in_more_than_capitals,
    evidence.evidence_has_a_group,
    evidence.foreign_language_is_translated,
    evidence.translation_is_certified_before_filing,
    evidence.evidence_is_dated_before_filing,
    translations.certificates_say_what_they_must,
    translations.other_scripts_say_their_language,
    translations.certificates_follow_their_document,
    strength.letters_are_signed,
    strength.letters_are_dated,
    strength.letters_are_recent,
    strength.dates_stand_on_paper,
    dates.dates_are_in_order,
    dates.births_are_possible,
    event_order.events_are_in_order,
    event_order.events_have_what_led_to_them,
    event_agreement.events_agree_with_people,
    event_agreement.addresses_follow_a_move,
    event_agreement.receipts_are_of_one_person,
    event_agreement.cards_end_with_parole,
    notices.notices_give_no_more_days_than_they_may,
    notices.notices_print_the_day_that_is_counted,
    notices.due_dates_are_working_days,
    notices.answers_have_an_address,
    notices.answers_arrive_in_time,
    answers.filings_answer_their_notice,
    answers.items_are_answered,
    answers.answers_are_complete,
    answers.answers_rest_on_exhibits,
    answers.items_stand_in_the_notice,
    answers.notice_shows_its_number_and_day,
    answers.answers_go_in_time,
    answers.later_facts_are_marked,
    continued.what_is_answered_was_filed,
    continued.newest_final_counts,
    continued.exhibits_are_those_that_were_filed,
    continued.notices_are_answered_once,
    continued.receipt_numbers_agree,
    deadlines.deadlines_have_not_passed,
    deadlines.deadlines_can_be_counted,
    ages.children_have_a_signatory,
    ages.grown_people_file_and_support,
    agreement.births_agree,
    agreement.roles_agree,
    agreement.numbers_are_of_one_person,
    agreement.identity_papers_name_their_owner,
    initial_evidence.documents_name_their_owner,
    passports.zones_agree,
    passports.passports_show_their_number,
    passports.passport_numbers_belong_to_the_case,
    passports.passports_are_compared,
    strangers.a_numbers_belong_to_the_case,
    strangers.births_belong_to_the_case,
    leftovers.facts_are_finished,
    leftovers.papers_are_finished,
    leftovers.exhibits_are_cited_by_id,
    office.templates_name_nobody,
    office.office_is_finished,
    office.templates_name_fonts_that_are_here,
    office.no_other_client_is_named,
    office.client_has_an_address_of_their_own,
    internal.no_evidence_is_internal,
    interview.language_has_a_letter,
    interview.letters_in_another_language_were_read,
    redactions.boxes_hide_no_words,
    redactions.redactions_are_applied,
    law_used.law_is_known,
    law_used.law_is_fresh,
    law_used.law_had_begun,
    law_used.form_editions_are_current,
    law_used.form_editions_are_confirmed,
    law_used.fee_schedule_is_newest,
    law_used.law_is_confirmed,
    law_used.own_law_is_shown,
    drafts.changes_are_settled,
    drafts.comments_are_settled,
    drafts.conflicts_are_settled,
    drafts.drafts_say_what_the_facts_say,
    drafts.drafts_are_up_to_date,
    drafts.drafts_are_read,
    drafts.pdfs_are_of_their_drafts,
)

#: What a filing is examined by because of what it is about.
BY_SUBJECT: Mapping[Subject, tuple[Rule, ...]] = MappingProxyType(
    {
        Subject.REQUEST: (
            claims.arguments_rest_on_evidence,
            claims.grounds_have_third_party_proof,
            initial_evidence.no_other_request_is_pending,
            initial_evidence.proceedings_go_to_ice,
            initial_evidence.civil_documents_show_both_sides,
            statements.what_must_be_said_is_said,
            statements.visas_were_sought,
            statements.refuge_is_no_ground,
            recommended.grounds_have_what_is_recommended,
            recommended.grounds_have_no_weak_proof,
            request.basis_agrees_with_grounds,
            urgency.key_date_is_ahead,
            urgency.key_date_is_given,
            urgency.key_date_is_that_of_a_ground,
            urgency.expedite_has_a_reason,
            urgency.days_are_left,
            ages.biometrics_are_foreseen,
            dates.passports_last,
            dates.period_covers_the_purpose,
            dates.period_is_no_longer_than_the_purpose,
        ),
        Subject.INITIAL_EVIDENCE: (
            initial_evidence.passport_copies_are_filed,
            initial_evidence.petitioner_is_identified,
            initial_evidence.supporters_are_identified,
            initial_evidence.petitions_are_proven,
            initial_evidence.inadmissibility_is_addressed,
            statements.consent_to_reapply_is_addressed,
            request.passport_is_shown_or_explained,
        ),
        Subject.ENTRY: (
            urgency.arrival_is_in_time,
            ages.minors_travel_with_consent,
            leftovers.no_work_permit_is_asked_from_abroad,
        ),
        Subject.RE_PAROLE: (
            re_parole.new_period_is_asked_from_within,
            re_parole.new_period_is_asked_in_time,
            re_parole.earlier_parole_is_proven,
            re_parole.photo_identity_is_shown,
            re_parole.first_period_is_explained,
            re_parole.conditions_are_spoken_of,
        ),
        Subject.WORK_PERMIT: (
            work_permit.work_permit_is_asked_from_within,
            work_permit.parole_is_unexpired,
            work_permit.application_is_told,
            work_permit.nobody_is_in_expedited_removal,
            work_permit.renewal_is_in_time,
            work_permit.parole_is_shown,
            work_permit.identity_is_shown,
            work_permit.photographs_are_enclosed,
        ),
        Subject.HISTORY: (
            history.adverse_events_are_answered,
            history.negative_factors_are_supported,
            history.refused_visas_are_in_the_history,
            history.overstays_are_in_the_history,
        ),
        Subject.SUPPORT: (
            support.income_is_compared,
            support.households_hold_whom_they_support,
            support.households_add_up,
            support.amounts_stand_on_paper,
            support.support_lasts_as_long_as_the_stay,
            support.support_is_proven,
            request.support_is_declared,
        ),
        Subject.FILING_FEE: (
            fees.waiver_is_on_paper,
            fees.payment_is_told,
            fees.waiver_is_possible,
            fees.payment_has_its_particulars,
            fees.exemption_category_is_listed,
            fees.fees_are_exact,
            fees.payers_have_a_bank_in_this_country,
            waiver.waiver_is_weighed_with_support,
            waiver.waiver_agrees_with_support,
            waiver.waiver_bases_are_proven,
            waiver.waiver_income_is_low_enough,
            waiver.waiver_benefits_are_named,
            waiver.waiver_benefits_count,
            waiver.waiver_changes_are_explained,
            waiver.waiver_household_is_counted_right,
        ),
        Subject.PAROLE_FEE: (
            exceptions.exception_is_one_of_ten,
            exceptions.exception_is_asked_once,
            exceptions.exceptions_have_their_ground,
            exceptions.limbs_are_claimed,
            exceptions.limbs_are_met_by_the_facts,
            exceptions.limbs_are_proven,
            exceptions.nobody_is_forgotten,
        ),
        Subject.DELIVERY: (
            request.paper_filing_names_a_carrier,
            delivery.online_filing_has_no_carrier,
            delivery.online_filing_keeps_its_limits,
            delivery.uploads_are_small_enough,
            delivery.online_expedite_is_asked_in_the_account,
        ),
        Subject.INTERVIEW: (
            interview.usual_questions_are_answered,
            interview.answers_stand_in_the_language_of_the_filing,
        ),
        Subject.ARGUMENT: (
            citations.evidence_is_cited,
            claims.claims_are_cited,
            claims.citations_name_their_page,
        ),
    }
)

RULES: tuple[Rule, ...] = (*ALWAYS, *chain.from_iterable(BY_SUBJECT.values()))

_ORDER = (Weight.ERROR, Weight.WARNING, Weight.NOTE)


def examine(dossier: Dossier, facts: Facts, others: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """Give every finding, errors first, then by file and line.

    `others` were found by a later stage: what the official forms ask and the facts leave open.
    Raises FactsError where the facts accept a finding of a rule that is not there.
    """
    accepted = dossier.case.accepted_findings
    check_acceptances(facts, accepted, RULE_IDS)
    ours = (finding for rule in _rules_for(dossier.outline) for finding in rule(dossier))
    firm = dossier.office.firm
    weighed = made_stricter(chain(ours, others), firm.stricter if firm else ())
    found = accept(weighed, accepted)
    placed = [
        replace(finding, source=finding.source or facts.source_of(finding.path))
        for finding in found
    ]
    return tuple(sorted(placed, key=_place))


def _rules_for(outline: Outline) -> Iterator[Rule]:
    yield from ALWAYS
    for subject, rules in BY_SUBJECT.items():
        if subject in outline.about:
            yield from rules


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether the findings stop a build."""
    return any(finding.weight is Weight.ERROR for finding in findings)


def _place(finding: Finding) -> tuple[int, str, int, int, str]:
    source = finding.source
    weight = _ORDER.index(finding.weight)
    if source is None:
        return (weight, "", 0, 0, finding.rule)
    return (weight, str(source.path), source.line, source.column, finding.rule)
