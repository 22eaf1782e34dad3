"""The addresses of controls, their checks and links; read by `tests.access.table`."""

from tests.access.row import ANSWER, SEE, SIGNED_IN, WRITE, api, page

CONTROLS = {
    "registers:risk_controls": page({"GET": {200: SEE}}, thing="risk"),
    "registers:risk_control_create": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="risk"
    ),
    "registers:risk_control_adopt": page({"POST": {409: ANSWER}}, thing="risk"),
    "registers:risk_control_edit": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="risk_control"
    ),
    "registers:risk_control_remove": page({"POST": {302: ANSWER}}, thing="risk_control"),
    "registers:control_list": page({"GET": {200: SIGNED_IN}}),
    "registers:control_create": page({"GET": {200: ANSWER}, "POST": {422: ANSWER}}),
    "registers:control_adopt": page({"GET": {200: SIGNED_IN}, "POST": {422: ANSWER}}),
    "registers:control_detail": page({"GET": {200: SEE}}, thing="control"),
    "registers:control_edit": page({"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="control"),
    "registers:control_retire": page(
        {"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="control"
    ),
    "registers:control_activate": page({"POST": {302: ANSWER}}, thing="planned_control"),
    "registers:control_link": page({"GET": {200: ANSWER}, "POST": {422: ANSWER}}, thing="control"),
    "registers:gap_list": page({"GET": {200: SIGNED_IN}}),
    "registers:check_list": page({"GET": {200: SIGNED_IN}}),
    # The owner of this control is the one of the staff.
    "registers:check_create": page({"GET": {200: WRITE}, "POST": {422: WRITE}}, thing="control"),
    "registers:check_preview": page({"GET": {200: WRITE}}, thing="control"),
}

CONTROLS_API = {
    "api:risk_control_list": api({"GET": {200: SEE}, "POST": {400: ANSWER}}, thing="risk"),
    "api:risk_control_detail": api(
        {"GET": {200: SEE}, "PATCH": {428: ANSWER}, "DELETE": {204: ANSWER}}, thing="risk_control"
    ),
    "api:control_list": api({"GET": {200: SIGNED_IN}, "POST": {400: ANSWER}}),
    "api:control_detail": api({"GET": {200: SEE}, "PATCH": {428: ANSWER}}, thing="control"),
    "api:control_activate": api({"POST": {200: ANSWER}}, thing="planned_control"),
    "api:control_retire": api({"POST": {400: ANSWER}}, thing="control"),
    "api:control_check_list": api({"GET": {200: SEE}, "POST": {400: WRITE}}, thing="control"),
}
