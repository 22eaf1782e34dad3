from assessments.services.imports.applying import (
    APPLY,
    apply_import,
    fail_import,
    import_now,
    preview_run,
    start_import,
    work_key,
)
from assessments.services.imports.preview import Preview, preview_file
from assessments.services.imports.runs import CannotImport, save_mapping, upload_register

__all__ = [
    "APPLY",
    "CannotImport",
    "Preview",
    "apply_import",
    "fail_import",
    "import_now",
    "preview_file",
    "preview_run",
    "save_mapping",
    "start_import",
    "upload_register",
    "work_key",
]
