"""The editor of a matrix as a browser sends it back."""

from assessments.forms.schemes import SchemeForm
from assessments.schemes.rows import content_of


def sent(scheme, **changed):
    """Every field as the page shows it, with some changed; None leaves one out (a tick taken away)."""
    scheme.refresh_from_db()
    form = SchemeForm(content=content_of(scheme), row_version=scheme.row_version)
    values = {name: form[name].value() for name in form.fields}
    values = {name: "on" if value is True else value for name, value in values.items()}
    fields = {
        name: value for name, value in values.items() if value is not None and value is not False
    }
    return {name: value for name, value in (fields | changed).items() if value is not None}
