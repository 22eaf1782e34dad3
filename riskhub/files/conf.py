"""Where files are kept, from the environment; read by the settings."""

from typing import Any

from riskhub.environment import Environment


def file_storage(env: Environment) -> dict[str, Any]:
    """The disk of this machine, or a bucket where `S3_BUCKET` names one.

    The disk is not Django's FileSystemStorage: that one does not sync what it wrote.
    """
    bucket = env.str("S3_BUCKET", "")
    if not bucket:
        return {"BACKEND": "riskhub.files.disk.Disk"}
    options = {
        "bucket_name": bucket,
        "endpoint_url": env.str("S3_ENDPOINT_URL", "") or None,
        "region_name": env.str("S3_REGION", "") or None,
        "access_key": env.str("S3_ACCESS_KEY", "") or None,
        "secret_key": env.str("S3_SECRET_KEY", "") or None,
        "location": env.str("S3_FOLDER", "").strip("/"),
        "addressing": env.str("S3_ADDRESSING", "auto"),
    }
    return {"BACKEND": "riskhub.files.bucket.Bucket", "OPTIONS": options}
