"""A secret stands in the environment, or in a file that the environment names."""

from riskhub.environment import Environment, NamedFiles
from riskhub.files.conf import file_storage


def environment(**given):
    made = Environment()
    made.ENVIRON = NamedFiles(given)
    return made


def test_a_file_instead_of_a_value(tmp_path):
    path = tmp_path / "key"
    path.write_text("from a file\n")
    found = environment(A="given", B_FILE=str(path), A_FILE=str(path))
    assert (found.str("A"), found.str("B"), found.str("C", "none")) == (
        "from a file", "from a file", "none",
    )  # fmt: skip
    assert environment(A="given").str("A") == "given"


def test_files_lie_on_the_disk_where_no_bucket_is_named():
    assert file_storage(environment()) == {"BACKEND": "riskhub.files.disk.Disk"}


def test_the_bucket_and_its_secret(tmp_path):
    path = tmp_path / "key"
    path.write_text("s3cret\n")
    found = file_storage(
        environment(
            S3_BUCKET="files", S3_ENDPOINT_URL="https://oss.example", S3_FOLDER="/risk/",
            S3_ADDRESSING="virtual", S3_ACCESS_KEY="key", S3_SECRET_KEY_FILE=str(path), S3_REGION="",
        )
    )  # fmt: skip
    assert found == {
        "BACKEND": "riskhub.files.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": "files", "endpoint_url": "https://oss.example", "region_name": None,
            "access_key": "key", "secret_key": "s3cret", "location": "risk", "addressing": "virtual",
        },
    }  # fmt: skip
