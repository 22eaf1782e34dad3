"""Files under their sha256, on the disk or in a bucket; what is attached to things of packages above.

To let a thing have files, its package registers it once, in `ready()` (see `riskhub.files.owners`):

    register_owner(Owner(Risk, visible=Risk.objects.visible_to, may_change=can_edit_risk,
                         page=Risk.get_absolute_url, department="owner_department"))

and its page shows them, with a way to add and to take away for whoever may:

    {% include "components/attachments.html" with owner=risk %}

Photos alone, without a way to change them, one row or many:

    {% include "components/photos.html" with owner=proposal %}
    with_attachments(rows)      # in the view of a list: one query for all rows

A form of one's own takes files by a field. Each comes out checked and stored (`KeptFile`), and
the service hands them on in the transaction of its own row. A refused form holds them already:

    photos = FilesField(kind=AttachmentKind.PHOTO, most=5, required=False)
    <form enctype="multipart/form-data" data-hx-encoding="multipart/form-data" ...>
    attach_files(risk, form.cleaned_data["photos"], by=user)

Everything is seen by whoever sees the thing, and leaves the server as a download in a sandbox.
"""
