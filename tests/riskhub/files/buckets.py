"""Settings of a bucket."""


def use_bucket(settings, endpoint, **other):
    options = {
        "bucket_name": "riskhub", "endpoint_url": endpoint, "region_name": "us-east-1",
        "location": "", "addressing": "path", "access_key": "key-of-tests",
        "secret_key": "secret-of-tests", **other,
    }  # fmt: skip
    files = {"BACKEND": "riskhub.files.bucket.Bucket", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"files": files}
