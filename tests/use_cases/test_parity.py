"""Every use case is reached from every front end, or says why not.

The table is the contract: a new method of a group needs its row, with its command and its page. A command is written
as at the shell; a page is the page a user sees it on and the module of the app that calls it.
"""

from __future__ import annotations

import inspect
import re
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer.main

import workbench as wb
from workbench.cli.commands import app

APP = Path(__file__).parents[2] / "workbench" / "app"
PAGES = {path.stem for path in (APP / "views").glob("[!_]*.py")}


class Page(NamedTuple):
    """Where in the app: the page, and the module that calls the use case."""

    name: str
    module: str


class Without(NamedTuple):
    """Why a front end does not offer a use case."""

    reason: str


Table = dict[str, tuple[str | Without, Page | Without]]

FRONT_ENDS: Table = {
    "setup.table": ("field list", Page("data", "widgets/custom_fields.py")),
    "setup.fields": (Without("`table` for who has the table in hand"), Without("`table` for who has it in hand")),
    "setup.add_field": ("field add", Page("data", "widgets/custom_fields.py")),
    "setup.settings": ("setup show", Page("setup", "widgets/store_settings.py")),
    "setup.set": ("setup set", Page("setup", "widgets/store_settings.py")),
    "setup.marketing": ("setup show", Page("setup", "widgets/setup_marketing.py")),
    "setup.set_marketing": ("setup set", Page("setup", "widgets/setup_marketing.py")),
    "codes.tables": ("setup codes", Page("setup", "widgets/setup_codes.py")),
    "codes.list": ("setup codes", Page("setup", "widgets/setup_codes.py")),
    "codes.save": ("setup code", Page("setup", "code_edits.py")),
    "codes.rename": ("setup code", Page("setup", "code_edits.py")),
    "codes.delete": ("setup code", Page("setup", "code_edits.py")),
    "codes.fill": ("setup fill", Page("setup", "widgets/setup_codes.py")),
    "sales_cycles.list": ("setup cycle list", Page("setup", "widgets/setup_cycles.py")),
    "sales_cycles.get": ("setup cycle show", Page("setup", "widgets/setup_cycles.py")),
    "sales_cycles.close_codes": ("setup cycle close-codes", Page("setup", "widgets/setup_cycles.py")),
    "number_series.list": ("number-series list", Page("setup", "widgets/setup_series.py")),
    "number_series.get": ("number-series show", Without("`list` brings them all to the page")),
    "number_series.save": ("number-series set", Page("setup", "widgets/setup_series.py")),
    "number_series.save_line": ("number-series line", Page("setup", "widgets/setup_series.py")),
    "number_series.delete_line": ("number-series line", Page("setup", "widgets/setup_series.py")),
    "number_series.delete": ("number-series delete", Page("setup", "widgets/setup_series.py")),
    "number_series.relate": ("number-series relate", Page("setup", "widgets/setup_series.py")),
    "number_series.peek": ("number-series peek", Page("setup", "widgets/setup_series.py")),
    "number_series.next": ("number-series next", Without("whoever creates a record takes its number")),
    "templates.list": ("interaction template list", Page("setup", "widgets/setup_templates.py")),
    "templates.get": ("interaction template show", Page("setup", "widgets/setup_templates.py")),
    "templates.save": ("interaction template set", Page("setup", "widgets/setup_templates.py")),
    "templates.rename": ("interaction template rename", Page("setup", "widgets/setup_templates.py")),
    "templates.delete": ("interaction template delete", Page("setup", "widgets/setup_templates.py")),
    "templates.save_language": ("interaction template language", Page("setup", "widgets/setup_templates.py")),
    "templates.attach": ("interaction template language", Page("setup", "widgets/setup_templates.py")),
    "templates.delete_language": ("interaction template language", Page("setup", "widgets/setup_templates.py")),
    "templates.groups": ("interaction groups", Page("setup", "widgets/setup_templates.py")),
    "templates.word_templates": ("interaction word-template list", Page("setup", "widgets/setup_files.py")),
    "templates.save_word_template": ("interaction word-template set", Page("setup", "widgets/setup_files.py")),
    "templates.delete_word_template": ("interaction word-template delete", Page("setup", "widgets/setup_files.py")),
    "templates.attachments": ("interaction attachment list", Page("setup", "widgets/setup_files.py")),
    "templates.attachment": (Without("`write_attachment` writes it"), Page("setup", "widgets/setup_files.py")),
    "templates.write_attachment": ("interaction attachment write", Without("the page hands over `attachment`")),
    "templates.add_attachment": ("interaction attachment add", Page("setup", "widgets/setup_files.py")),
    "templates.delete_attachment": ("interaction attachment delete", Page("setup", "widgets/setup_files.py")),
    "templates.document_types": ("interaction setup list", Page("setup", "widgets/setup_files.py")),
    "templates.set_document_type": ("interaction setup set", Page("setup", "widgets/setup_files.py")),
    "sources.headers": (Without("`load --dry-run` shows every column"), Page("data", "widgets/load_file.py")),
    "sources.plan": ("load", Page("data", "widgets/load_file.py")),
    "sources.load": ("load", Page("data", "widgets/load_file.py")),
    "contacts.search": ("contact search", Page("contacts", "widgets/contact_list.py")),
    "contacts.export": ("contact export", Page("contacts", "widgets/contact_file.py")),
    "contacts.opportunities": ("contact opportunities", Page("contacts", "widgets/contact_opportunities.py")),
    "contacts.views": ("contact views", Page("contacts", "widgets/contact_views.py")),
    "contacts.view": ("contact search", Page("contacts", "widgets/contact_views.py")),
    "contacts.save_view": ("contact save-view", Page("contacts", "widgets/contact_views.py")),
    "contacts.delete_view": ("contact delete-view", Page("contacts", "widgets/contact_views.py")),
    "contacts.card": ("contact show", Page("contacts", "widgets/contact_card.py")),
    "contacts.create": ("contact new", Page("contacts", "widgets/contact_new.py")),
    "contacts.change": ("contact set", Page("contacts", "widgets/contact_details.py")),
    "contacts.delete": ("contact delete", Page("contacts", "widgets/contact_actions.py")),
    "contacts.address_on": ("contact address", Page("contacts", "widgets/contact_addresses.py")),
    "contacts.save_address": ("contact save-address", Page("contacts", "widgets/contact_addresses.py")),
    "contacts.delete_address": ("contact delete-address", Page("contacts", "widgets/contact_addresses.py")),
    "contacts.save_address_range": ("contact save-address-range", Page("contacts", "widgets/contact_addresses.py")),
    "contacts.delete_address_range": ("contact delete-address-range", Page("contacts", "widgets/contact_addresses.py")),
    "contacts.record_consent": ("contact consent", Page("contacts", "widgets/contact_consents.py")),
    "contacts.consents": ("contact consents", Page("contacts", "widgets/contact_consents.py")),
    "contacts.add_comment": ("contact comment", Page("contacts", "widgets/contact_comments.py")),
    "contacts.delete_comment": ("contact delete-comment", Page("contacts", "widgets/contact_comments.py")),
    "contacts.save_web_source": ("contact save-web-source", Page("contacts", "widgets/contact_groups.py")),
    "contacts.delete_web_source": ("contact delete-web-source", Page("contacts", "widgets/contact_groups.py")),
    "contacts.salutation": ("contact salutation", Page("contacts", "widgets/contact_actions.py")),
    "interactions.draft": (
        Without("`interaction new --dry-run` shows it"),
        Page("interactions", "widgets/interaction_wizard.py"),
    ),
    "interactions.create": ("interaction new", Page("interactions", "widgets/interaction_wizard.py")),
    "interactions.resume": ("interaction resume", Page("interactions", "widgets/interaction_wizard.py")),
    "interactions.list": ("interaction list", Page("interactions", "widgets/interaction_log.py")),
    "interactions.show": ("interaction show", Page("interactions", "widgets/interaction_card.py")),
    "interactions.cancel": ("interaction cancel", Page("interactions", "widgets/interaction_actions.py")),
    "interactions.evaluate": ("interaction evaluate", Page("interactions", "widgets/interaction_actions.py")),
    "interactions.delete_canceled": ("interaction delete", Page("interactions", "widgets/interaction_actions.py")),
    "interactions.comment": ("interaction comment", Page("interactions", "widgets/interaction_card.py")),
    "interactions.delete_comment": ("interaction delete-comment", Page("interactions", "widgets/interaction_card.py")),
    "interactions.record_document": ("interaction document", Without("documents come with what they stand for")),
    "interactions.import_mail": ("interaction import-mail", Page("interactions", "widgets/interaction_imports.py")),
    "interactions.import_calls": ("interaction import-calls", Page("interactions", "widgets/interaction_imports.py")),
    "duplicates.find": ("duplicates find", Page("duplicates", "widgets/duplicate_search.py")),
    "duplicates.list": ("duplicates list", Page("duplicates", "widgets/duplicate_queue.py")),
    "duplicates.explain": ("duplicates explain", Page("duplicates", "widgets/duplicate_pair.py")),
    "duplicates.review": ("duplicates review", Page("duplicates", "widgets/duplicate_pair.py")),
    "duplicates.search_strings": ("duplicates search-strings", Page("duplicates", "widgets/duplicate_strings.py")),
    "duplicates.save_search_string": ("duplicates search-strings", Page("duplicates", "widgets/duplicate_strings.py")),
    "duplicates.delete_search_string": (
        "duplicates search-strings",
        Page("duplicates", "widgets/duplicate_strings.py"),
    ),
    "duplicates.merge_plan": ("contact merge", Page("duplicates", "widgets/duplicate_merge.py")),
    "duplicates.merge": ("contact merge", Page("duplicates", "widgets/duplicate_merge.py")),
    "duplicates.merges": ("duplicates merges", Page("duplicates", "widgets/duplicate_undo.py")),
    "duplicates.undo_merge": ("contact unmerge", Page("duplicates", "widgets/duplicate_undo.py")),
    "relations.list": ("contact relation list", Page("contacts", "widgets/contact_relations.py")),
    "relations.add": ("contact relation add", Page("contacts", "widgets/contact_relations.py")),
    "relations.remove": ("contact relation remove", Page("contacts", "widgets/contact_relations.py")),
    "relations.link": ("contact link", Page("contacts", "widgets/contact_relations.py")),
    "relations.unlink": ("contact unlink", Page("contacts", "widgets/contact_relations.py")),
    "relations.create_as": ("contact create-as", Page("contacts", "widgets/contact_relations.py")),
    "relations.record": ("record show", Page("contacts", "widgets/contact_relations.py")),
    "relations.records": ("record list", Page("contacts", "widgets/contact_relations.py")),
    "relations.change_record": ("record set", Without("a contact's card changes the contact, and its records follow")),
    "relations.create_from": ("contact create-from", Page("data", "widgets/linked_records.py")),
    "relations.synchronize": ("record synchronize", Page("data", "widgets/linked_records.py")),
    "campaigns.create": ("campaign new", Page("campaigns", "widgets/campaign_board.py")),
    "campaigns.list": ("campaign list", Page("campaigns", "widgets/campaign_board.py")),
    "campaigns.get": ("campaign show", Page("campaigns", "views/campaigns.py")),
    "campaigns.change": ("campaign set", Page("campaigns", "widgets/campaign_card.py")),
    "campaigns.delete": ("campaign delete", Page("campaigns", "widgets/campaign_card.py")),
    "campaigns.comments": ("campaign show", Page("campaigns", "widgets/campaign_card.py")),
    "campaigns.comment": ("campaign comment", Page("campaigns", "widgets/campaign_card.py")),
    "campaigns.delete_comment": ("campaign delete-comment", Page("campaigns", "widgets/campaign_card.py")),
    "campaigns.target_group": ("campaign target-group", Page("campaigns", "widgets/campaign_offers.py")),
    "campaigns.activate": ("campaign activate", Page("campaigns", "widgets/campaign_offers.py")),
    "campaigns.deactivate": ("campaign deactivate", Page("campaigns", "widgets/campaign_offers.py")),
    "campaigns.prices": ("campaign prices", Page("campaigns", "widgets/campaign_offers.py")),
    "campaigns.save_price": ("campaign price", Page("campaigns", "widgets/campaign_offers.py")),
    "campaigns.delete_price": ("campaign delete-price", Page("campaigns", "widgets/campaign_offers.py")),
    "campaigns.offers": ("campaign offers", Page("campaigns", "widgets/campaign_offers.py")),
    "campaigns.entries": ("campaign entries", Page("campaigns", "widgets/campaign_entries.py")),
    "campaigns.cancel": ("campaign cancel", Page("campaigns", "widgets/campaign_entries.py")),
    "campaigns.delete_canceled": ("campaign delete-canceled", Page("campaigns", "widgets/campaign_entries.py")),
    "campaigns.record_invoices": ("campaign record-invoices", Page("campaigns", "widgets/campaign_entries.py")),
    "campaigns.statistics": ("campaign statistics", Page("campaigns", "widgets/campaign_entries.py")),
    "campaigns.plan": ("campaign plan", Page("campaigns", "widgets/campaign_plan.py")),
    "campaigns.save_plan": ("campaign plan", Page("campaigns", "widgets/campaign_plan.py")),
    "campaigns.plans": ("campaign plans", Page("campaigns", "widgets/campaign_plan.py")),
    "campaigns.launch": ("campaign launch", Page("campaigns", "widgets/campaign_plan.py")),
    "campaigns.launches": ("campaign launches", Page("campaigns", "widgets/campaign_targets.py")),
    "campaigns.targets": ("campaign targets", Page("campaigns", "widgets/campaign_targets.py")),
    "campaigns.response_rule": ("campaign respond", Page("campaigns", "widgets/campaign_responses.py")),
    "campaigns.respond": ("campaign respond", Page("campaigns", "widgets/campaign_responses.py")),
    "campaigns.measure": ("campaign measure", Page("campaigns", "widgets/campaign_results.py")),
    "campaigns.uplift": ("campaign uplift", Page("campaigns", "widgets/campaign_uplift.py")),
    "campaigns.response": ("campaign response", Page("home", "widgets/response.py")),
    "opportunities.create": ("opportunity new", Page("opportunities", "widgets/opportunity_new.py")),
    "opportunities.list": ("opportunity list", Page("opportunities", "widgets/opportunity_list.py")),
    "opportunities.get": ("opportunity show", Page("opportunities", "views/opportunities.py")),
    "opportunities.change": ("opportunity change", Page("opportunities", "widgets/opportunity_card.py")),
    "opportunities.delete": ("opportunity delete", Page("opportunities", "widgets/opportunity_card.py")),
    "opportunities.delete_closed": (
        "opportunity delete-closed",
        Without("a clearing-up that nobody should do by a slip"),
    ),
    "opportunities.activate": ("opportunity activate", Page("opportunities", "widgets/opportunity_steps.py")),
    "opportunities.move": ("opportunity move", Page("opportunities", "widgets/opportunity_steps.py")),
    "opportunities.update": ("opportunity update", Page("opportunities", "widgets/opportunity_steps.py")),
    "opportunities.close": ("opportunity close", Page("opportunities", "widgets/opportunity_steps.py")),
    "opportunities.comment": ("opportunity comment", Page("opportunities", "widgets/opportunity_comments.py")),
    "opportunities.delete_comment": (
        "opportunity delete-comment",
        Page("opportunities", "widgets/opportunity_comments.py"),
    ),
    "opportunities.quote": ("opportunity quote", Page("opportunities", "widgets/opportunity_documents.py")),
    "opportunities.change_quote": (
        "opportunity change-quote",
        Page("opportunities", "widgets/opportunity_documents.py"),
    ),
    "opportunities.delete_quote": (
        "opportunity delete-quote",
        Page("opportunities", "widgets/opportunity_documents.py"),
    ),
    "opportunities.make_order": ("opportunity order", Page("opportunities", "widgets/opportunity_documents.py")),
    "opportunities.documents": ("opportunity documents", Page("opportunities", "widgets/opportunity_documents.py")),
    "opportunities.document": ("opportunity document", Without("`documents` brings them to the page")),
    "opportunities.from_worksheet": (
        "opportunity from-worksheet",
        Page("worksheets", "widgets/opportunity_start.py"),
    ),
    "opportunities.from_interaction": (
        "opportunity from-interaction",
        Page("interactions", "widgets/opportunity_start.py"),
    ),
    "pipeline.report": ("pipeline report", Page("pipeline", "widgets/pipeline_groups.py")),
    "pipeline.stages": ("pipeline stages", Page("pipeline", "widgets/pipeline_stages.py")),
    "pipeline.forecast": ("pipeline forecast", Page("pipeline", "widgets/pipeline_forecast.py")),
    "pipeline.back_test": ("pipeline forecast", Page("pipeline", "widgets/pipeline_forecast.py")),
    "pipeline.matrix": ("pipeline matrix", Page("pipeline", "widgets/pipeline_matrix.py")),
    "pipeline.ageing": ("pipeline ageing", Page("pipeline", "widgets/pipeline_ages.py")),
    "pipeline.open": ("pipeline ageing", Page("pipeline", "widgets/pipeline_ages.py")),
    "overview.figures": ("info", Page("home", "views/home.py")),
    "overview.loads": ("loads", Page("data", "widgets/load_history.py")),
    "privacy.access": ("privacy access", Without("the page hands it over as the file of `write_access`")),
    "privacy.write_access": ("privacy access", Page("contacts", "widgets/contact_privacy.py")),
    "privacy.erase": ("privacy erase", Page("contacts", "widgets/contact_privacy.py")),
    "privacy.exports": ("privacy exports", Page("contacts", "widgets/contact_privacy.py")),
    "privacy.erasures": ("privacy erasures", Without("for whoever answers for the store, at the command line")),
    "privacy.compact": ("privacy compact", Without("keeps everybody waiting; for whoever runs the store")),
    "questionnaires.list": ("questionnaire list", Page("questionnaires", "widgets/questionnaire_list.py")),
    "questionnaires.get": ("questionnaire show", Page("questionnaires", "widgets/questionnaire_lines.py")),
    "questionnaires.save": ("questionnaire new", Page("questionnaires", "widgets/questionnaire_list.py")),
    "questionnaires.save_line": ("questionnaire line", Page("questionnaires", "widgets/questionnaire_line.py")),
    "questionnaires.delete": ("questionnaire delete", Page("questionnaires", "widgets/questionnaire_list.py")),
    "questionnaires.delete_line": ("questionnaire delete", Page("questionnaires", "widgets/questionnaire_line.py")),
    "questionnaires.save_rating": ("questionnaire rate", Page("questionnaires", "widgets/questionnaire_ratings.py")),
    "questionnaires.delete_rating": ("questionnaire rate", Page("questionnaires", "widgets/questionnaire_ratings.py")),
    "questionnaires.run": ("questionnaire run", Page("questionnaires", "widgets/questionnaire_run.py")),
    "questionnaires.test": ("questionnaire test", Page("questionnaires", "widgets/questionnaire_test.py")),
    "questionnaires.handout": ("questionnaire handout", Page("questionnaires", "widgets/questionnaire_test.py")),
    "questionnaires.answer": ("questionnaire answer", Page("contacts", "widgets/contact_profile.py")),
    "questionnaires.unanswer": ("questionnaire unanswer", Page("contacts", "widgets/contact_profile.py")),
    "questionnaires.answers": ("questionnaire profile", Page("contacts", "widgets/contact_profile.py")),
    "questionnaires.questions_for": ("questionnaire profile", Page("contacts", "widgets/contact_profile.py")),
    "reports.contact_list": ("report contact-list", Page("reports", "widgets/report_choices.py")),
    "reports.company_summary": ("report company-summary", Page("reports", "widgets/report_choices.py")),
    "reports.person_summary": ("report person-summary", Page("reports", "widgets/report_choices.py")),
    "reports.cover_sheet": ("report cover-sheet", Page("reports", "widgets/report_choices.py")),
    "reports.segment_contacts": ("report segment-contacts", Page("reports", "widgets/report_choices.py")),
    "reports.labels": ("report labels", Page("reports", "widgets/report_choices.py")),
    "reports.campaign_details": ("report campaign-details", Page("reports", "widgets/report_choices.py")),
    "reports.salesperson_tasks": ("report salesperson-tasks", Page("reports", "widgets/report_sales.py")),
    "reports.team_tasks": ("report team-tasks", Page("reports", "widgets/report_sales.py")),
    "reports.salesperson_opportunities": (
        "report salesperson-opportunities",
        Page("reports", "widgets/report_sales.py"),
    ),
    "reports.opportunity_list": ("report opportunity-list", Page("reports", "widgets/report_sales.py")),
    "reports.sales_cycle_analysis": ("report sales-cycle-analysis", Page("reports", "widgets/report_sales.py")),
    "reports.opportunity_details": ("report opportunity-details", Page("reports", "widgets/report_sales.py")),
    "reports.questionnaire_handout": ("report questionnaire-handout", Page("reports", "widgets/report_choices.py")),
    "reports.questionnaire_test": ("report questionnaire-test", Page("reports", "widgets/report_choices.py")),
    "reports.write": ("report labels", Page("reports", "views/reports.py")),
    "scores.load": ("score load", Page("scores", "widgets/score_load.py")),
    "scores.list": ("score list", Page("scores", "widgets/score_list.py")),
    "scores.runs": ("score runs", Without("`list` brings the runs to the page")),
    "scores.delete": ("score delete", Page("scores", "widgets/score_list.py")),
    "scores.methods": ("score methods", Page("scores", "widgets/score_run.py")),
    "scores.run": ("score run", Page("scores", "widgets/score_run.py")),
    "scores.show": ("score show", Page("scores", "widgets/score_list.py")),
    "scores.migration": ("score migration", Page("scores", "widgets/score_migration.py")),
    "scores.segment": ("score segment", Page("scores", "widgets/score_segment.py")),
    "segments.notes": ("segment validate", Without("`count` brings them to the page")),
    "segments.validate": ("segment validate", Page("segments", "draft_counts.py")),
    "segments.save": ("segment save", Page("segments", "draft_session.py")),
    "segments.list": ("segment list", Page("home", "views/home.py")),
    "segments.get": ("segment show", Page("segments", "draft_session.py")),
    "segments.delete": ("segment delete", Page("segments", "draft_session.py")),
    "segments.count": ("segment count", Page("segments", "draft_counts.py")),
    "segments.members": ("segment members", Without("the page shows `preview` and downloads `export`")),
    "segments.preview": ("segment preview", Page("segments", "widgets/members.py")),
    "segments.dropped": ("segment dropped", Page("segments", "widgets/members.py")),
    "segments.explain": ("segment explain", Page("segments", "widgets/why.py")),
    "segments.of_contact": ("segment of", Page("contacts", "widgets/contact_segments.py")),
    "segments.catalogue": ("segment catalogue", Page("segments", "widgets/builder_fields.py")),
    "segments.choices": ("segment choices", Page("segments", "widgets/builder_fields.py")),
    "segments.from_filter": ("segment filter", Without("a rule takes the expression itself, as the operator filter")),
    "segments.to_filter": (Without("`segment filters` says it of every rule"), Without("made for other programs")),
    "segments.filters": ("segment filters", Without("made for Business Central, where rules are typed in again")),
    "segments.profile": ("segment profile", Page("segments", "widgets/who_they_are.py")),
    "segments.overlap": ("segment overlap", Page("segments", "widgets/overlaps.py")),
    "segments.over_time": ("segment over-time", Page("segments", "widgets/size_over_time.py")),
    "segments.diff": ("segment diff", Page("segments", "widgets/changes.py")),
    "segments.drift": ("segment drift", Page("segments", "widgets/changes.py")),
    "segments.test": ("segment test", Page("segments", "widgets/export_form.py")),
    "segments.history": ("segment history", Page("segments", "widgets/versions.py")),
    "segments.deleted": ("segment list", Page("segments", "widgets/versions.py")),
    "segments.restore": ("segment restore", Page("segments", "draft_session.py")),
    "segments.snapshot": ("segment snapshot", Page("segments", "widgets/snapshots.py")),
    "segments.snapshots": ("segment snapshots", Page("segments", "widgets/snapshots.py")),
    "segments.snapshot_members": (
        "segment snapshot-members",
        Without("a rule on the snapshot counts, shows and exports them"),
    ),
    "segments.export": ("segment export", Page("segments", "widgets/export_form.py")),
    "tasks.create": ("task new", Page("tasks", "widgets/task_new.py")),
    "tasks.assign_activity": ("task activity", Page("tasks", "widgets/task_new.py")),
    "tasks.list": ("task list", Page("tasks", "widgets/task_list.py")),
    "tasks.get": ("task show", Page("tasks", "widgets/task_card.py")),
    "tasks.change": ("task change", Page("tasks", "widgets/task_card.py")),
    "tasks.complete": ("task complete", Page("tasks", "widgets/task_closing.py")),
    "tasks.cancel": ("task cancel", Page("tasks", "widgets/task_closing.py")),
    "tasks.reopen": ("task reopen", Page("tasks", "widgets/task_closing.py")),
    "tasks.attend": ("task attend", Page("tasks", "widgets/task_attendees.py")),
    "tasks.leave": ("task leave", Page("tasks", "widgets/task_attendees.py")),
    "tasks.comment": ("task comment", Page("tasks", "widgets/task_card.py")),
    "tasks.delete_comment": ("task delete-comment", Page("tasks", "widgets/task_card.py")),
    "tasks.delete": ("task delete", Page("tasks", "widgets/task_new.py")),
    "worksheets.create": ("worksheet create", Page("worksheets", "widgets/worksheet_list.py")),
    "worksheets.list": ("worksheet list", Page("worksheets", "widgets/worksheet_list.py")),
    "worksheets.get": ("worksheet show", Page("worksheets", "widgets/worksheet_header.py")),
    "worksheets.lines": ("worksheet lines", Page("worksheets", "widgets/worksheet_lines.py")),
    "worksheets.criteria": ("worksheet criteria", Page("worksheets", "widgets/worksheet_criteria.py")),
    "worksheets.change": ("worksheet change", Page("worksheets", "widgets/worksheet_header.py")),
    "worksheets.delete": ("worksheet delete", Page("worksheets", "widgets/worksheet_list.py")),
    "worksheets.add": ("worksheet add", Page("worksheets", "widgets/worksheet_action.py")),
    "worksheets.reduce": ("worksheet reduce", Page("worksheets", "widgets/worksheet_action.py")),
    "worksheets.refine": ("worksheet refine", Page("worksheets", "widgets/worksheet_action.py")),
    "worksheets.add_line": ("worksheet add-line", Page("worksheets", "widgets/worksheet_lines.py")),
    "worksheets.delete_line": ("worksheet delete-line", Page("worksheets", "widgets/worksheet_lines.py")),
    "worksheets.change_line": ("worksheet change-line", Page("worksheets", "widgets/worksheet_lines.py")),
    "worksheets.go_back": ("worksheet go-back", Page("worksheets", "widgets/worksheet_criteria.py")),
    "worksheets.save_criteria": ("worksheet save-criteria", Page("worksheets", "widgets/worksheet_criteria.py")),
    "worksheets.saved_criteria": ("worksheet saved-criteria", Page("worksheets", "widgets/worksheet_criteria.py")),
    "worksheets.saved_log": ("worksheet show-criteria", Page("worksheets", "widgets/worksheet_criteria.py")),
    "worksheets.delete_criteria": ("worksheet delete-criteria", Page("worksheets", "widgets/worksheet_criteria.py")),
    "worksheets.reuse_criteria": ("worksheet reuse-criteria", Page("worksheets", "widgets/worksheet_criteria.py")),
    "worksheets.logged": ("worksheet logged", Page("worksheets", "widgets/worksheet_criteria.py")),
    "worksheets.reuse_logged": ("worksheet reuse-logged", Page("worksheets", "widgets/worksheet_criteria.py")),
    "worksheets.apply_mailing_group": ("worksheet apply-mailing-group", Page("worksheets", "widgets/worksheet_use.py")),
    "worksheets.definition": ("worksheet definition", Page("worksheets", "widgets/worksheet_use.py")),
    "worksheets.freeze": ("worksheet freeze", Page("worksheets", "widgets/worksheet_list.py")),
    "worksheets.log": ("worksheet log", Page("worksheets", "widgets/worksheet_use.py")),
    "worksheets.cancel_logged": ("worksheet cancel-logged", Page("worksheets", "widgets/worksheet_logged.py")),
    "worksheets.delete_logged": ("worksheet delete-logged", Page("worksheets", "widgets/worksheet_logged.py")),
    "letters.fields": ("letter fields", Page("worksheets", "widgets/letter_fields.py")),
    "letters.status": ("letter status", Page("worksheets", "widgets/letters.py")),
    "letters.merge": ("letter merge", Page("worksheets", "widgets/letter_files.py")),
    "letters.send": ("letter send", Page("worksheets", "widgets/letter_files.py")),
    "letters.settle": ("letter settle", Page("worksheets", "widgets/letters.py")),
    "letters.of_campaign": (
        Without("`worksheet logged` lists them all"),
        Page("campaigns", "widgets/campaign_letters.py"),
    ),
}
NO_USE_CASE = {
    "init": "makes the store that all use cases need",
    "demo complete-journey": "a script of use cases",
    "selftest": "computes published figures, of no store",
    "app": "starts a front end",
    "segment schema": "describes the language, of no store",
    "setup cycle set": "`codes.save` for a sales cycle",
    "setup cycle stage": "`codes.save` and `codes.delete` for a stage",
    "setup cycle delete": "`codes.delete` for a sales cycle",
}


def use_cases() -> set[str]:
    """The public methods of the groups of a workbench, as `group.method`."""
    groups = {name: value for name, value in vars(wb.Workbench).items() if isinstance(value, cached_property)}
    bench = wb.open(":memory:")
    return {
        f"{group}.{name}"
        for group in groups
        for name, _ in inspect.getmembers(type(getattr(bench, group)), inspect.isfunction)
        if not name.startswith("_")
    }


def commands(group: Any, before: str = "") -> set[str]:
    """The commands of the command line, as they are typed."""
    return {
        full
        for name, command in group.commands.items()
        for full in (commands(command, f"{before}{name} ") if hasattr(command, "commands") else {before + name})
    }


def calls(path: Path, use_case: str) -> bool:
    """Whether a module of the app calls a use case on its workbench, or hands it on to be called."""
    return re.search(rf"\bbench\.{use_case}\b", path.read_text(encoding="utf-8")) is not None


def test_the_table_names_every_use_case_and_nothing_else() -> None:
    assert set(FRONT_ENDS) == use_cases()


def test_every_command_of_the_table_exists() -> None:
    named = {command for command, _ in FRONT_ENDS.values() if isinstance(command, str)}

    assert named <= commands(typer.main.get_command(app))


def test_every_command_serves_a_use_case() -> None:
    named = {command for command, _ in FRONT_ENDS.values() if isinstance(command, str)}

    assert commands(typer.main.get_command(app)) - named == set(NO_USE_CASE)


@pytest.mark.parametrize("use_case", [name for name, (_, page) in FRONT_ENDS.items() if isinstance(page, Page)])
def test_the_page_calls_the_use_case(use_case: str) -> None:
    page = FRONT_ENDS[use_case][1]

    assert isinstance(page, Page)
    assert page.name in PAGES
    assert calls(APP / page.module, use_case), f"{page.module} does not call bench.{use_case}"


def test_a_missing_front_end_has_its_reason_in_words() -> None:
    reasons = [one.reason for pair in FRONT_ENDS.values() for one in pair if isinstance(one, Without)]

    assert all(len(reason.split()) >= 3 for reason in reasons)
