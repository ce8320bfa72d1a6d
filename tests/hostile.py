"""All hostile files that are tried, and the attacks that have tests of their own."""

from __future__ import annotations

from tests import hostile_kinds, hostile_pdfs, hostile_pictures, hostile_words

CASES = (
    *hostile_pdfs.CASES,
    *hostile_kinds.CASES,
    *hostile_pictures.CASES,
    *hostile_words.CASES,
)

_EVIDENCE = "tests/test_assembly_evidence.py"
_BOUND = "tests/test_packet_annotations.py"
_BIND = "tests/test_packet_bind.py"
_LETTER = "tests/test_documents_letter_hostile.py"
_OFFICE = "tests/test_assembly_office.py"
_PAGES = "tests/test_documents_generated_templates.py"
_COVERED = "tests/test_documents_intake_covered.py"
_SANDBOX = "tests/test_sandbox.py"

#: What was tried, what happens, and the test that shows it.
ELSEWHERE = (
    (
        "A file that hangs its reader, kills it, eats its memory or floods the disk",
        "one sentence about that file, beside those on all others; the next has a fresh process",
        f"{_EVIDENCE}::test_every_file_that_hangs_dies_or_is_broken_is_named_in_one_pass",
    ),
    (
        "A draft that comes back beyond a limit of time, memory or output",
        "one sentence with its name; no process that builds opens a Word file from outside",
        "tests/test_assembly_drafts.py::test_a_draft_beyond_a_limit_is_one_sentence_that_names_it",
    ),
    (
        "A letter template of the office's own that hangs its reader",
        "one sentence with its name, before anything else opens it",
        f"{_OFFICE}::test_a_template_of_the_office_s_own_is_first_read_by_another_process",
    ),
    (
        "A reader that was taken over, and answers what it likes",
        "it is not believed: only the files that it was given, only errors of this program",
        f"{_SANDBOX}::test_a_broken_process_that_answers_anything_is_not_believed",
    ),
    (
        "A reader whose program was killed",
        "it ends, too, even in the middle of a file",
        f"{_SANDBOX}::test_a_child_ends_with_the_process_that_started_it",
    ),
    (
        "A password, right or wrong",
        "it stands nowhere afterwards: no output, cache, packet, log",
        "tests/test_assembly_passwords.py::test_the_password_stands_nowhere_afterwards",
    ),
    (
        "Words under a black box, in seven ways; under a white or grey box or picture, in six",
        "found, with the page",
        f"{_COVERED}::test_words_under_a_box_or_picture_are_found_by_their_page",
    ),
    (
        "Table rules, tinted cells, white fields, signatures, stamps and the like, in 24 ways",
        "no alarm",
        f"{_COVERED}::test_what_only_looks_like_a_redaction_is_no_finding",
    ),
    (
        "Redactions that were marked and never applied",
        "found, with the page",
        f"{_COVERED}::test_redactions_that_were_never_applied_are_found",
    ),
    (
        "Two files with one field name",
        "each shows its own value",
        f"{_BOUND}::test_two_forms_with_one_field_name_show_each_its_own_value",
    ),
    (
        "Two files with one name for two places",
        "each link leads into its own file",
        f"{_BOUND}::test_links_inside_two_files_lead_each_to_its_own",
    ),
    (
        "Layers that were hidden, in two files",
        "they stay hidden",
        f"{_BIND}::test_hidden_layers_stay_hidden_and_layers_of_two_files_stay_apart",
    ),
    (
        "Content that lies in another file or on the network",
        "never fetched",
        f"{_BIND}::test_content_that_lies_in_another_file_is_never_fetched",
    ),
    (
        "Names of files in eight scripts, with quotes and spaces, of 255 bytes",
        "taken; nothing is named after them",
        f"{_EVIDENCE}::test_files_may_be_named_in_any_script",
    ),
    (
        "An accent that macOS spells otherwise than the facts",
        "the file is found",
        "tests/test_workspace.py::test_an_accent_may_be_spelled_otherwise_in_the_facts",
    ),
    (
        "Two files whose names differ in capital letters alone",
        "a warning: on a Mac and in Windows they are one",
        "tests/broken_cases/evidence.yaml::two files differ in capital letters alone",
    ),
    (
        "A path that climbs out of the case, or passes through a link",
        "refused",
        "tests/test_workspace.py::test_a_path_that_leaves_the_case_is_refused",
    ),
    (
        "68 ways out of the language of letter templates, as advisories list them",
        "refused, with the paragraph; the environment alone lets none through either",
        f"{_LETTER}::test_no_trick_leads_out_of_a_letter",
    ),
    (
        "Loops in a letter template that would run for hours",
        "stopped, with the paragraph",
        f"{_LETTER}::test_loops_that_would_run_for_hours_are_stopped_at_their_paragraph",
    ),
    (
        "A letter that prints without end",
        "stopped, with the paragraph",
        f"{_LETTER}::test_a_letter_that_prints_without_end_is_stopped_at_its_paragraph",
    ),
    (
        "A page template that loops, eats memory, reads other files or fetches a package",
        "stopped or refused, with the template",
        f"{_PAGES}::test_a_template_that_means_no_good_is_stopped",
    ),
    (
        "Another client's name in a template: deleted, in changes, descriptions, fields, answers",
        "refused, with the template",
        f"{_OFFICE}::test_a_client_in_a_template_is_found_in_every_hiding_place",
    ),
    (
        "Another client's name in a page template or an outline, also in its remarks",
        "refused, with the template",
        f"{_OFFICE}::test_a_client_in_a_page_template_or_an_outline_is_found",
    ),
    (
        "A preview of another letter in a template",
        "the letter is made without it",
        f"{_LETTER}::test_a_template_with_a_thumbnail_of_another_letter_loses_it",
    ),
)
