from django.urls import path

from assessments.views import (
    action_lists,
    actions,
    approvals,
    assessment_drafts,
    assessments,
    change_risks,
    change_steps,
    changes,
    closings,
    comparisons,
    confirmations,
    contingency,
    contingency_cards,
    contingency_findings,
    contingency_library,
    contingency_links,
    drill_gaps,
    drills,
    heat_map,
    heat_map_moves,
    import_mappings,
    import_undoing,
    imports,
    plan_drafts,
    plans,
    reassessments,
    responses,
    scheme_decisions,
    scheme_files,
    schemes,
    spendings,
    submissions,
)

app_name = "assessments"


urlpatterns = [
    path("risks/<str:code>/assess/", assessments.assessment_create, name="assessment_create"),
    path(
        "risks/<str:code>/assess/draft/",
        assessment_drafts.assessment_draft,
        name="assessment_draft",
    ),
    path(
        "risks/<str:code>/assess/draft/discard/",
        assessment_drafts.assessment_draft_discard,
        name="assessment_draft_discard",
    ),
    path("risks/<str:code>/assessments/", assessments.assessment_list, name="assessment_list"),
    path("assessments/waiting/", confirmations.assessment_confirm, name="assessment_confirm"),
    path(
        "assessments/<int:key>/reject/", confirmations.assessment_reject, name="assessment_reject"
    ),
    path("matrix/", heat_map.heat_map, name="heat_map"),
    path("matrix/moves/", heat_map_moves.heat_map_moves, name="heat_map_moves"),
    path("risks/<str:code>/plan/", responses.risk_response, name="risk_response"),
    path("risks/<str:code>/plan/new/", plans.plan_create, name="plan_create"),
    path("risks/<str:code>/plan/draft/", plan_drafts.plan_draft, name="plan_draft"),
    path(
        "risks/<str:code>/plan/draft/discard/",
        plan_drafts.plan_draft_discard,
        name="plan_draft_discard",
    ),
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/<str:code>/", plans.plan_detail, name="plan_detail"),
    path("plans/<str:code>/edit/", plans.plan_edit, name="plan_edit"),
    path("plans/<str:code>/submit/", submissions.plan_submit, name="plan_submit"),
    path("plans/<str:code>/withdraw/", submissions.plan_withdraw, name="plan_withdraw"),
    path("plans/<str:code>/compare/", comparisons.plan_compare, name="plan_compare"),
    path("plans/<str:code>/close/", closings.plan_close, name="plan_close"),
    path("plans/<str:code>/decide/", approvals.plan_decide, name="plan_decide"),
    path("resources/<int:key>/spend/", spendings.spending_create, name="spending_create"),
    path("actions/", action_lists.action_list, name="action_list"),
    path("actions/<int:key>/start/", actions.action_start, name="action_start"),
    path("actions/<int:key>/finish/", actions.action_finish, name="action_finish"),
    path("actions/<int:key>/verify/", actions.action_verify, name="action_verify"),
    path("reassessments/", reassessments.reassessment_list, name="reassessment_list"),
    path(
        "reassessments/<int:key>/waive/",
        reassessments.reassessment_waive,
        name="reassessment_waive",
    ),
    path("approvals/", approvals.plan_waiting, name="plan_waiting"),
]

urlpatterns += [
    path("contingency/", contingency.contingency_list, name="contingency_list"),
    path("contingency/new/", contingency.contingency_create, name="contingency_create"),
    path("contingency/library/", contingency_library.contingency_adopt, name="contingency_adopt"),
    path("contingency/gaps/", contingency_findings.contingency_gaps, name="contingency_gaps"),
    path("contingency/<str:code>/", contingency.contingency_detail, name="contingency_detail"),
    path("contingency/<str:code>/edit/", contingency.contingency_edit, name="contingency_edit"),
    path("contingency/<str:code>/start/", contingency.contingency_start, name="contingency_start"),
    path(
        "contingency/<str:code>/retire/", contingency.contingency_retire, name="contingency_retire"
    ),
    path(
        "contingency/<str:code>/link/", contingency_links.contingency_link, name="contingency_link"
    ),
    path(
        "contingency/<str:code>/card/",
        contingency_cards.contingency_print,
        name="contingency_print",
    ),
    path("contingency/<str:code>/share/", contingency_cards.card_share, name="card_share"),
    path("m/cp/", contingency_cards.card_list, name="card_list"),
    # Short, without a slash: people type them and scan them.
    path("m/cp/<uuid:key>", contingency_cards.public_card, name="public_card"),
    path("m/cp/<str:code>", contingency_cards.contingency_card, name="contingency_card"),
    path("contingency/<str:code>/drills/new/", drills.drill_create, name="drill_create"),
    path(
        "contingency-risks/<int:key>/remove/",
        contingency_links.contingency_unlink,
        name="contingency_unlink",
    ),
    path(
        "risks/<str:code>/contingency/", contingency_links.risk_contingency, name="risk_contingency"
    ),
    path("drills/", drills.drill_list, name="drill_list"),
    path("drills/<int:key>/", drills.drill_detail, name="drill_detail"),
    path("drills/<int:key>/record/", drills.drill_hold, name="drill_hold"),
    path("drills/<int:key>/missed/", drills.drill_miss, name="drill_miss"),
    path("drill-gaps/<int:key>/finish/", drill_gaps.gap_finish, name="gap_finish"),
    path("drill-gaps/<int:key>/verify/", drill_gaps.gap_verify, name="gap_verify"),
    path("drill-gaps/<int:key>/reopen/", drill_gaps.gap_reopen, name="gap_reopen"),
]

urlpatterns += [
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_create, name="import_create"),
    path("registers/<str:code>/import/", imports.import_create, name="import_create"),
    path("imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<int:pk>/start/", imports.import_start, name="import_start"),
    path("imports/<int:pk>/stop/", imports.import_stop, name="import_stop"),
    path("imports/<int:pk>/discard/", imports.import_discard, name="import_discard"),
    path("imports/<int:pk>/suggest/", imports.import_suggest, name="import_suggest"),
    path("imports/<int:pk>/undo/", import_undoing.import_undo, name="import_undo"),
    path("imports/mappings/", import_mappings.mapping_list, name="mapping_list"),
    path("imports/mappings/<int:pk>/", import_mappings.mapping_edit, name="mapping_edit"),
    path(
        "imports/mappings/<int:pk>/delete/", import_mappings.mapping_delete, name="mapping_delete"
    ),
]

urlpatterns += [
    path("changes/", changes.change_list, name="change_list"),
    path("changes/new/", changes.change_create, name="change_create"),
    path("changes/<str:code>/", changes.change_detail, name="change_detail"),
    path("changes/<str:code>/edit/", changes.change_edit, name="change_edit"),
    path("changes/<str:code>/risks/", change_risks.change_risk_add, name="change_risk_add"),
    path(
        "changes/<str:code>/risks/remove/",
        change_risks.change_risk_remove,
        name="change_risk_remove",
    ),
    path("changes/<str:code>/submit/", change_steps.change_submit, name="change_submit"),
    path("changes/<str:code>/take-on/", change_steps.change_take_on, name="change_take_on"),
    path("changes/<str:code>/ready/", change_steps.change_ready, name="change_ready"),
    path("changes/<str:code>/implement/", change_steps.change_implement, name="change_implement"),
    path("changes/<str:code>/review/", change_steps.change_review, name="change_review"),
    path("changes/<str:code>/postpone/", change_steps.change_postpone, name="change_postpone"),
    path("changes/<str:code>/cancel/", change_steps.change_cancel, name="change_cancel"),
    path("settings/matrix/", schemes.scheme_list, name="scheme_list"),
    path("settings/matrix/new/", schemes.scheme_create, name="scheme_create"),
    path("settings/matrix/<int:number>/", schemes.scheme_detail, name="scheme_detail"),
    path("settings/matrix/import/", scheme_files.scheme_import, name="scheme_import"),
    path("settings/matrix/<int:number>/file/", scheme_files.scheme_export, name="scheme_export"),
    path("settings/matrix/<int:number>/edit/", schemes.scheme_edit, name="scheme_edit"),
    path(
        "settings/matrix/<int:number>/submit/",
        scheme_decisions.scheme_submit,
        name="scheme_submit",
    ),
    path(
        "settings/matrix/<int:number>/recall/",
        scheme_decisions.scheme_recall,
        name="scheme_recall",
    ),
    path(
        "settings/matrix/<int:number>/discard/",
        scheme_decisions.scheme_discard,
        name="scheme_discard",
    ),
    path(
        "settings/matrix/<int:number>/decide/",
        scheme_decisions.scheme_decide,
        name="scheme_decide",
    ),
]
