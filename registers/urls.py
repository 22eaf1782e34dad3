from django.urls import path

from registers.views import (
    coverage,
    filings,
    library,
    lists,
    registers,
    risk_links,
    risks,
    taxonomy,
    triage,
)

app_name = "registers"

urlpatterns = [
    path("registers/", registers.register_list, name="register_list"),
    path("registers/new/", registers.register_create, name="register_create"),
    path("risks/", lists.risk_list, name="risk_list"),
    path("risks/new/", risks.risk_create, name="risk_create"),
    path("risks/columns/", lists.risk_columns, name="risk_columns"),
    path("risks/export/", lists.risk_export, name="risk_export"),
    path("risks/<str:code>/", risks.risk_detail, name="risk_detail"),
    path("risks/<str:code>/edit/", risks.risk_edit, name="risk_edit"),
    path("risks/<str:code>/close/", risks.risk_close, name="risk_close"),
    path("risks/<str:code>/reopen/", risks.risk_reopen, name="risk_reopen"),
    path("risks/<str:code>/history/", risks.risk_history, name="risk_history"),
    path("risks/<str:code>/links/new/", risk_links.risk_link_create, name="risk_link_create"),
    path("risk-links/<int:pk>/end/", risk_links.risk_link_end, name="risk_link_end"),
    path("identify/coverage/", coverage.area_coverage, name="area_coverage"),
    path("settings/taxonomy/", taxonomy.term_list, name="term_list"),
    path("settings/taxonomy/<str:kind>/new/", taxonomy.term_create, name="term_create"),
    path("settings/taxonomy/<str:key>/edit/", taxonomy.term_edit, name="term_edit"),
    path("settings/taxonomy/<str:key>/move/", taxonomy.term_move, name="term_move"),
    path("settings/taxonomy/<str:key>/delete/", taxonomy.term_delete, name="term_delete"),
    path("library/", library.library_list, name="library_list"),
    path("inbox/triage/", triage.proposal_list, name="proposal_list"),
    path("inbox/triage/<int:pk>/", triage.proposal_decide, name="proposal_decide"),
    path("inbox/triage/<int:pk>/undo/", triage.proposal_undo, name="proposal_undo"),
    # Short, without a slash: people type them and scan them.
    path("m/new", filings.proposal_create, name="proposal_create"),
    path("m/filed/<int:number>", filings.proposal_receipt, name="proposal_receipt"),
    path("m/filed/<uuid:key>", filings.proposal_receipt, name="proposal_receipt"),
    path("m/filed/<int:number>/answer", filings.proposal_answer, name="proposal_answer"),
    path("m/filed/<uuid:key>/answer", filings.proposal_answer, name="proposal_answer"),
    path("m/mine/", filings.proposal_mine, name="proposal_mine"),
]
