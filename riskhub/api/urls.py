"""`/api/v1/`: one list, in reading order. URL name = name of the view."""

from django.urls import path

from assessments.api import (
    actions,
    assessment_batches,
    assessments,
    changes,
    contingency,
    contingency_cards,
    contingency_library,
    contingency_links,
    drafts,
    drill_gaps,
    imports,
    plan_progress,
    plans,
    reassessments,
    schemes,
)
from assessments.api import comments as plan_comments
from incidents.api import complaints, incidents
from incidents.api import records as records_of_elsewhere
from registers.api import (
    catalogue,
    comments,
    controls,
    filings,
    history,
    links,
    risk_controls,
    risks,
    transfers,
    triage,
)
from riskhub.api import docs
from riskhub.reports import api as reports

app_name = "api"

urlpatterns = [
    path("schema/", docs.schema, name="schema"),
    path("docs/", docs.swagger, name="docs"),
    path("registers/", catalogue.RegisterList.as_view(), name="register_list"),
    path("registers/<str:code>/", catalogue.RegisterDetail.as_view(), name="register_detail"),
    path("taxonomy/", catalogue.TaxonomyDetail.as_view(), name="taxonomy_detail"),
    path("proposals/", filings.ProposalList.as_view(), name="proposal_list"),
    path("proposals/<int:number>/", filings.ProposalDetail.as_view(), name="proposal_detail"),
    path("triage/", triage.TriageList.as_view(), name="triage_list"),
    path("triage/<int:number>/", triage.TriageDetail.as_view(), name="triage_detail"),
    path("triage/<int:number>/accept/", triage.TriageAccept.as_view(), name="triage_accept"),
    path("triage/<int:number>/merge/", triage.TriageMerge.as_view(), name="triage_merge"),
    path("triage/<int:number>/ask/", triage.TriageAsk.as_view(), name="triage_ask"),
    path("triage/<int:number>/decline/", triage.TriageDecline.as_view(), name="triage_decline"),
    path("triage/<int:number>/undo/", triage.TriageUndo.as_view(), name="triage_undo"),
    path("risks/", risks.RiskList.as_view(), name="risk_list"),
    path("risks/<slug:code>/", risks.RiskDetail.as_view(), name="risk_detail"),
    path("risks/<slug:code>/close/", risks.RiskClose.as_view(), name="risk_close"),
    path("risks/<slug:code>/reopen/", risks.RiskReopen.as_view(), name="risk_reopen"),
    path(
        "risks/<slug:code>/controls/",
        risk_controls.RiskControlList.as_view(),
        name="risk_control_list",
    ),
    path(
        "risk-controls/<int:number>/",
        risk_controls.RiskControlDetail.as_view(),
        name="risk_control_detail",
    ),
    path("controls/", controls.ControlList.as_view(), name="control_list"),
    path("controls/<slug:code>/", controls.ControlDetail.as_view(), name="control_detail"),
    path(
        "controls/<slug:code>/activate/",
        controls.ControlActivate.as_view(),
        name="control_activate",
    ),
    path("controls/<slug:code>/retire/", controls.ControlRetire.as_view(), name="control_retire"),
    path(
        "controls/<slug:code>/checks/",
        controls.ControlCheckList.as_view(),
        name="control_check_list",
    ),
    path("policies/", transfers.PolicyList.as_view(), name="policy_list"),
    path("policies/<str:code>/", transfers.PolicyDetail.as_view(), name="policy_detail"),
    path("policies/<str:code>/end/", transfers.PolicyEnd.as_view(), name="policy_end"),
    path("policies/<str:code>/reopen/", transfers.PolicyReopen.as_view(), name="policy_reopen"),
    path("clauses/", transfers.ClauseList.as_view(), name="clause_list"),
    path("clauses/<str:code>/", transfers.ClauseDetail.as_view(), name="clause_detail"),
    path("clauses/<str:code>/end/", transfers.ClauseEnd.as_view(), name="clause_end"),
    path("clauses/<str:code>/reopen/", transfers.ClauseReopen.as_view(), name="clause_reopen"),
    path("suppliers/", transfers.SupplierList.as_view(), name="supplier_list"),
    path("suppliers/<str:code>/", transfers.SupplierDetail.as_view(), name="supplier_detail"),
    path("suppliers/<str:code>/end/", transfers.SupplierEnd.as_view(), name="supplier_end"),
    path(
        "suppliers/<str:code>/reopen/", transfers.SupplierReopen.as_view(), name="supplier_reopen"
    ),
    path("risks/<slug:code>/history/", history.RiskHistory.as_view(), name="risk_history"),
    path(
        "risks/<slug:code>/comments/", comments.RiskCommentList.as_view(), name="risk_comment_list"
    ),
    path(
        "comments/<int:pk>/withdraw/", comments.CommentWithdraw.as_view(), name="comment_withdraw"
    ),
    path("risks/<slug:code>/links/", links.RiskLinkList.as_view(), name="risk_link_list"),
    path("risk-links/<int:pk>/", links.RiskLinkDetail.as_view(), name="risk_link_detail"),
    path(
        "risks/<slug:code>/assessments/",
        assessments.RiskAssessmentList.as_view(),
        name="risk_assessment_list",
    ),
    path(
        "risks/<slug:code>/assessment-draft/",
        drafts.AssessmentDraftDetail.as_view(),
        name="assessment_draft_detail",
    ),
    path("assessments/", assessments.AssessmentList.as_view(), name="assessment_list"),
    path("assessments/bulk/", assessment_batches.AssessmentBulk.as_view(), name="assessment_bulk"),
    path(
        "assessments/<int:number>/",
        assessments.AssessmentDetail.as_view(),
        name="assessment_detail",
    ),
    path(
        "assessments/<int:number>/confirm/",
        assessments.AssessmentConfirm.as_view(),
        name="assessment_confirm",
    ),
    path(
        "assessments/<int:number>/reject/",
        assessments.AssessmentReject.as_view(),
        name="assessment_reject",
    ),
    path("contingency-plans/", contingency.ContingencyList.as_view(), name="contingency_list"),
    path(
        "contingency-plans/<str:code>/",
        contingency.ContingencyDetail.as_view(),
        name="contingency_detail",
    ),
    path(
        "contingency-plans/<str:code>/start/",
        contingency.ContingencyStart.as_view(),
        name="contingency_start",
    ),
    path(
        "contingency-plans/<str:code>/retire/",
        contingency.ContingencyRetire.as_view(),
        name="contingency_retire",
    ),
    path(
        "contingency-plans/<str:code>/risks/",
        contingency_links.ContingencyLink.as_view(),
        name="contingency_link",
    ),
    path(
        "contingency-plans/<str:code>/risks/remove/",
        contingency_links.ContingencyUnlink.as_view(),
        name="contingency_unlink",
    ),
    path(
        "contingency-plans/<str:code>/card/",
        contingency_cards.ContingencyCard.as_view(),
        name="contingency_card",
    ),
    path(
        "contingency-library/",
        contingency_library.ContingencyLibrary.as_view(),
        name="contingency_library",
    ),
    path("drill-gaps/", drill_gaps.DrillGapList.as_view(), name="drill_gap_list"),
    path(
        "drill-gaps/<int:number>/finish/",
        drill_gaps.DrillGapFinish.as_view(),
        name="drill_gap_finish",
    ),
    path(
        "drill-gaps/<int:number>/verify/",
        drill_gaps.DrillGapVerify.as_view(),
        name="drill_gap_verify",
    ),
    path(
        "drill-gaps/<int:number>/reopen/",
        drill_gaps.DrillGapReopen.as_view(),
        name="drill_gap_reopen",
    ),
    path("drills/", contingency.DrillList.as_view(), name="drill_list"),
    path("drills/<int:number>/", contingency.DrillDetail.as_view(), name="drill_detail"),
    path("drills/<int:number>/record/", contingency.DrillRecord.as_view(), name="drill_record"),
    path("drills/<int:number>/missed/", contingency.DrillMiss.as_view(), name="drill_miss"),
    path("plans/", plans.PlanList.as_view(), name="plan_list"),
    path("plans/<slug:code>/", plans.PlanDetail.as_view(), name="plan_detail"),
    path("plans/<slug:code>/submit/", plans.PlanSubmit.as_view(), name="plan_submit"),
    path("plans/<slug:code>/withdraw/", plans.PlanWithdraw.as_view(), name="plan_withdraw"),
    path("plans/<slug:code>/approve/", plans.PlanApprove.as_view(), name="plan_approve"),
    path(
        "plans/<slug:code>/request-changes/",
        plans.PlanRequestChanges.as_view(),
        name="plan_request_changes",
    ),
    path("plans/<slug:code>/reject/", plans.PlanReject.as_view(), name="plan_reject"),
    path("plans/<slug:code>/close/", plan_progress.PlanClose.as_view(), name="plan_close"),
    path("plans/<slug:code>/diff/", plan_progress.PlanDiff.as_view(), name="plan_diff"),
    path("actions/", actions.ActionList.as_view(), name="action_list"),
    path("actions/<int:number>/start/", actions.ActionStart.as_view(), name="action_start"),
    path("actions/<int:number>/finish/", actions.ActionFinish.as_view(), name="action_finish"),
    path("actions/<int:number>/verify/", actions.ActionVerify.as_view(), name="action_verify"),
    path("actions/<int:number>/reopen/", actions.ActionReopen.as_view(), name="action_reopen"),
    path("plans/<slug:code>/spendings/", plan_progress.PlanSpend.as_view(), name="plan_spend"),
    path(
        "plans/<slug:code>/comments/",
        plan_comments.PlanCommentList.as_view(),
        name="plan_comment_list",
    ),
    path("changes/", changes.ChangeList.as_view(), name="change_list"),
    path("changes/<slug:code>/", changes.ChangeDetail.as_view(), name="change_detail"),
    path("changes/<slug:code>/risks/", changes.ChangeRiskAdd.as_view(), name="change_risk_add"),
    path(
        "changes/<slug:code>/risks/remove/",
        changes.ChangeRiskRemove.as_view(),
        name="change_risk_remove",
    ),
    path("changes/<slug:code>/submit/", changes.ChangeSubmit.as_view(), name="change_submit"),
    path("changes/<slug:code>/take-on/", changes.ChangeTakeOn.as_view(), name="change_take_on"),
    path("changes/<slug:code>/ready/", changes.ChangeReady.as_view(), name="change_ready"),
    path(
        "changes/<slug:code>/implement/",
        changes.ChangeImplement.as_view(),
        name="change_implement",
    ),
    path("changes/<slug:code>/review/", changes.ChangeReview.as_view(), name="change_review"),
    path("changes/<slug:code>/postpone/", changes.ChangePostpone.as_view(), name="change_postpone"),
    path("changes/<slug:code>/cancel/", changes.ChangeCancel.as_view(), name="change_cancel"),
    path("schemes/", schemes.SchemeList.as_view(), name="scheme_list"),
    path("schemes/checks/", schemes.SchemeChecks.as_view(), name="scheme_checks"),
    path("schemes/<int:number>/", schemes.SchemeDetail.as_view(), name="scheme_detail"),
    path("schemes/<int:number>/submit/", schemes.SchemeSubmit.as_view(), name="scheme_submit"),
    path("schemes/<int:number>/recall/", schemes.SchemeRecall.as_view(), name="scheme_recall"),
    path("schemes/<int:number>/discard/", schemes.SchemeDiscard.as_view(), name="scheme_discard"),
    path("schemes/<int:number>/approve/", schemes.SchemeApprove.as_view(), name="scheme_approve"),
    path(
        "schemes/<int:number>/request-changes/",
        schemes.SchemeRequestChanges.as_view(),
        name="scheme_request_changes",
    ),
    path("reassessments/", reassessments.ReassessmentList.as_view(), name="reassessment_list"),
    path(
        "reassessments/<int:number>/",
        reassessments.ReassessmentDetail.as_view(),
        name="reassessment_detail",
    ),
    path(
        "reassessments/<int:number>/waive/",
        reassessments.ReassessmentWaive.as_view(),
        name="reassessment_waive",
    ),
    path("complaints/", complaints.ComplaintList.as_view(), name="complaint_list"),
    path(
        "complaints/import/",
        records_of_elsewhere.ComplaintImport.as_view(),
        name="complaint_import",
    ),
    path("complaints/<slug:code>/", complaints.ComplaintDetail.as_view(), name="complaint_detail"),
    path("incidents/", incidents.IncidentList.as_view(), name="incident_list"),
    path(
        "incidents/import/", records_of_elsewhere.IncidentImport.as_view(), name="incident_import"
    ),
    path("incidents/<slug:code>/", incidents.IncidentDetail.as_view(), name="incident_detail"),
    path("imports/", imports.ImportList.as_view(), name="import_list"),
    path("imports/<int:number>/", imports.ImportDetail.as_view(), name="import_detail"),
    path("imports/<int:number>/rows/", imports.ImportRows.as_view(), name="import_rows"),
    path("imports/<int:number>/confirm/", imports.ImportConfirm.as_view(), name="import_confirm"),
    path("imports/<int:number>/discard/", imports.ImportDiscard.as_view(), name="import_discard"),
    path("imports/<int:number>/undo/", imports.ImportUndo.as_view(), name="import_undo"),
    path("reports/", reports.ReportList.as_view(), name="report_list"),
    path("reports/<int:number>/", reports.ReportDetail.as_view(), name="report_detail"),
    path(
        "reports/<int:number>/download/", reports.ReportDownload.as_view(), name="report_download"
    ),
]
