"""The page of an import, filled in as a person does it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.riskhub.imports.made_files import csv_text


def page_of(run):
    return reverse("assessments:import_detail", args=[run.pk])


def send_file(
    client, rows, *, filename="risks.csv", register=None, at="SVC", headers=None, **fields
):
    """Post the upload form; rows are lists, or the bytes of a file."""
    content = rows if isinstance(rows, bytes) else csv_text(rows).encode()
    data = {"file": SimpleUploadedFile(filename, content), **fields}
    if register:
        data["register"] = register.pk
    return client.post(
        reverse("assessments:import_create", args=[at] if at else []), data, headers=headers
    )


def filled(response, **by_label):
    """What the form on this page would post, with some fields changed by the words of their label."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    for label, value in by_label.items():
        [name] = [n for n in form.fields if label in str(form[n].label)]
        values[name] = value
    return {name: "" if value is None else value for name, value in values.items()}


def rows_of(page):
    """Number, outcome in words, title and level of the rows on this page."""
    return [(row.row, row.outcome, row.title, row.level) for row in page.context["page"]]


def post(client, run, values, **extra):
    page = client.post(page_of(run), values, **extra)
    run.refresh_from_db()
    return page


def labels(page):
    form = page.context["form"]
    names = [name for name in form.fields if name != "opened"]
    return {str(form[name].label): form[name].value() for name in names}
