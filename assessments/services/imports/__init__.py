from assessments.services.imports.applying import (
    APPLY,
    apply_import,
    fail_import,
    import_now,
    start_import,
    stop_import,
    work_key,
)
from assessments.services.imports.mappings import (
    delete_mapping,
    forget_mapping,
    keep_mapping,
    recall_mapping,
    rename_mapping,
)
from assessments.services.imports.news import tell_failed, waiting_assessments
from assessments.services.imports.outcomes import (
    RowOutcome,
    count_outcomes,
    row_outcomes,
    stored_outcomes,
)
from assessments.services.imports.places import NewRegister
from assessments.services.imports.preview import OUTCOMES, Preview, Settled, preview_file
from assessments.services.imports.questions import (
    is_all_there,
    is_open,
    lacking,
    open_questions,
    quoted,
    undecided,
    unknown_texts,
    values_open,
)
from assessments.services.imports.runs import (
    CannotImport,
    check_place,
    discard_import,
    preview_run,
    save_mapping,
    upload_register,
)
from assessments.services.imports.undoing import (
    made_by,
    touched_since,
    undo_import,
    undoing_objection,
)

__all__ = [
    "APPLY",
    "OUTCOMES",
    "CannotImport",
    "NewRegister",
    "Preview",
    "RowOutcome",
    "Settled",
    "apply_import",
    "check_place",
    "count_outcomes",
    "delete_mapping",
    "discard_import",
    "fail_import",
    "forget_mapping",
    "import_now",
    "is_all_there",
    "is_open",
    "keep_mapping",
    "lacking",
    "made_by",
    "open_questions",
    "preview_file",
    "preview_run",
    "quoted",
    "recall_mapping",
    "rename_mapping",
    "row_outcomes",
    "save_mapping",
    "start_import",
    "stop_import",
    "stored_outcomes",
    "tell_failed",
    "touched_since",
    "undecided",
    "undo_import",
    "undoing_objection",
    "unknown_texts",
    "upload_register",
    "values_open",
    "waiting_assessments",
    "work_key",
]
