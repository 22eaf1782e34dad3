from assessments.services.imports.applying import (
    APPLY,
    apply_import,
    fail_import,
    import_now,
    start_import,
    stop_import,
    work_key,
)
from assessments.services.imports.news import tell_failed, waiting_assessments
from assessments.services.imports.places import NewRegister
from assessments.services.imports.preview import OUTCOMES, Preview, Settled, preview_file
from assessments.services.imports.questions import (
    is_all_there,
    lacking,
    open_questions,
    values_open,
)
from assessments.services.imports.runs import (
    CannotImport,
    check_place,
    preview_run,
    save_mapping,
    upload_register,
)

__all__ = [
    "APPLY",
    "OUTCOMES",
    "CannotImport",
    "NewRegister",
    "Preview",
    "Settled",
    "apply_import",
    "check_place",
    "fail_import",
    "import_now",
    "is_all_there",
    "lacking",
    "open_questions",
    "preview_file",
    "preview_run",
    "save_mapping",
    "start_import",
    "stop_import",
    "tell_failed",
    "upload_register",
    "values_open",
    "waiting_assessments",
    "work_key",
]
