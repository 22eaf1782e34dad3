"""What the run-time role may do, table by table, against RELIABILITY's rule: history does not change.

`s` select, `i` insert, `u` update, `d` delete. A new table without a line here fails.
"""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

RIGHTS = {
    # what happened, and what was frozen: written by functions of the owner, or once
    "audit_auditevent": "s",
    "audit_auditseal": "s",
    "reports_reportsnapshot": "si",
    "files_storedfile": "si",
    "files_attachmenterasure": "si",
    "files_comment": "si",
    "files_comment_mentions": "si",
    "files_commentwithdrawal": "si",
    "assessments_approval": "si",
    "assessments_assessmentcontrol": "si",
    "assessments_impactscore": "si",
    "assessments_lecscore": "si",
    "assessments_planauthor": "si",
    "assessments_resourceline": "si",
    "assessments_spending": "si",
    "assessments_schemeauthor": "si",
    "assessments_schemedecision": "si",
    "assessments_transferlink": "si",
    "registers_controlcheck": "si",
    "registers_proposalmessage": "si",
    # a trigger freezes these when they are decided, submitted, ready or in force
    "reports_report": "siu",
    "assessments_planversion": "siu",
    "assessments_responseplan": "siu",
    "assessments_assessment": "siu",
    "assessments_matrixscheme": "siu",
    "assessments_matrixcell": "siu",
    "assessments_matrixlevel": "siu",
    "assessments_band": "siu",
    "assessments_impactanchor": "siu",
    "assessments_appetiterule": "siu",
    "registers_riskproposal": "siu",
    # what the company wrote down: changed, and each change audited, but never deleted
    "assessments_action": "siu",
    "assessments_reassessmenttask": "siu",
    "assessments_reviewcycle": "siu",
    "assessments_contingencyplan": "siu",
    "assessments_contingencyversion": "siu",
    "assessments_drill": "siu",
    "assessments_drillgap": "siu",
    "registers_control": "siu",
    "assessments_processchange": "siu",
    "assessments_changerisk": "siu",
    "registers_noderisk": "siu",
    "registers_processmap": "siu",
    "registers_processnode": "siu",
    "registers_contractclause": "siu",
    "registers_insurancepolicy": "siu",
    "registers_supplier": "siu",
    "registers_register": "siu",
    "registers_risk": "siu",
    "registers_risklink": "siu",
    "registers_riskcategory": "siu",
    "incidents_activationstep": "siu",
    "incidents_complaint": "siu",
    "incidents_complaintclause": "siu",
    "incidents_contingencyactivation": "siu",
    "incidents_complaintcategory": "siu",
    "incidents_complaintmessage": "siu",
    "incidents_complaintrisk": "siu",
    "incidents_exposuremonth": "siu",
    "incidents_incident": "siu",
    "incidents_incidentfact": "siu",
    "incidents_incidentkind": "siu",
    "incidents_lossentry": "siu",
    "incidents_recordfile": "siu",
    "incidents_replytemplate": "siu",
    "incidents_resolution": "siu",
    "incidents_severity": "siu",
    "incidents_statutoryclock": "siu",
    "incidents_statutoryrule": "siu",
    "imports_importrun": "siu",
    "notices_digesttime": "siu",
    "notices_notice": "siu",
    "notices_subscription": "siu",
    "search_listsetting": "siu",
    "company_calendarday": "siud",
    "company_companysetting": "siu",
    "company_sequence": "siu",
    "accounts_user": "siu",
    "accounts_token": "siu",
    "accounts_approvaldelegation": "siu",
    "account_emailaddress": "siu",
    "account_emailconfirmation": "siu",
    "work_work": "siu",
    # one's own: the audit keeps what was in it
    "search_savedview": "siud",
    "assessments_assessmentdraft": "siud",
    "assessments_plandraft": "siud",
    # taken out of view, once; a trigger keeps the rest
    "files_attachment": "siu",
    # words nobody uses yet, links, roles: foreign keys keep what is used, the audit keeps the rest
    "accounts_department": "siud",
    "accounts_roleassignment": "siud",
    "assessments_processchange_controls": "siud",
    "assessments_processchange_nodes": "siud",
    "assessments_processchange_suppliers": "siud",
    "imports_importmapping": "siud",
    "incidents_incidentmeasure": "siud",
    "incidents_incidentrisk": "siud",
    "incidents_injuredperson": "siud",
    "assessments_librarycontingencyplan": "siud",
    "assessments_contingencyrisk": "siud",
    "assessments_contingencystep": "siud",
    "assessments_contingencytrigger": "siud",
    "notices_webhook": "siud",
    "registers_librarycontrol": "siud",
    "registers_libraryrisk": "siud",
    "registers_riskarea": "siud",
    "registers_risksource": "siud",
    "registers_serviceline": "siud",
    "registers_risk_sources": "siud",
    "registers_riskcontrol": "siud",
    # a trigger keeps all but the link of a filing that was taken out again within the minute
    "registers_bulkedit": "siu",
    "registers_riskorigin": "siud",
    "registers_risk_service_lines": "siud",
    # sessions and throttles
    "django_session": "siud",
    "axes_accessattempt": "siud",
    "axes_accessattemptexpiration": "siud",
    "axes_accessfailurelog": "siud",
    "axes_accesslog": "siud",
    # Django's own, filled by migrations; the product's rights are its roles, not these
    "accounts_user_groups": "s",
    "accounts_user_user_permissions": "s",
    "auth_group": "s",
    "auth_group_permissions": "s",
    "auth_permission": "s",
    "django_content_type": "s",
    "django_migrations": "s",
}
LETTERS = {"SELECT": "s", "INSERT": "i", "UPDATE": "u", "DELETE": "d", "TRUNCATE": "t",
           "REFERENCES": "r", "TRIGGER": "g"}  # fmt: skip
FOUND = """
SELECT c.relname, string_agg(r.letter, '' ORDER BY r.place)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
     unnest(%s::text[], %s::text[]) WITH ORDINALITY r(name, letter, place)
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND (has_table_privilege(c.oid, r.name)
       OR r.letter IN ('i', 'u', 'r') AND has_any_column_privilege(c.oid, r.name))
GROUP BY c.relname
"""


def test_table_by_table():
    with connection.cursor() as cursor:
        cursor.execute(FOUND, [list(LETTERS), list(LETTERS.values())])
        assert dict(cursor.fetchall()) == RIGHTS


def test_it_makes_and_owns_nothing():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication, "
            "has_schema_privilege('public', 'CREATE'), "
            "(SELECT count(*) FROM pg_class WHERE relowner = r.oid), "
            "(SELECT count(*) FROM pg_proc WHERE proowner = r.oid), "
            "(SELECT count(*) FROM pg_auth_members WHERE member = r.oid) "
            "FROM pg_roles r WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, 0, 0, 0)
