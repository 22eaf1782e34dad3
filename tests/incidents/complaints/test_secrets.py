from uuid import UUID, uuid4

from incidents.complaints.secrets import SIGNS, fits, secret_hash, secret_of

KEY = UUID("12345678-1234-4234-9234-123456789abc")


def test_the_same_form_has_the_same_secret_and_another_one_another():
    secret = secret_of(KEY)
    assert (secret, len(secret), secret[5]) == (secret_of(KEY), 11, "-")
    assert set(secret) <= {*SIGNS, "-"}
    assert len({secret_of(uuid4()) for _form in range(500)}) == 500


def test_every_sign_comes_up_at_every_place():
    made = [secret_of(uuid4()).replace("-", "") for _form in range(1500)]
    assert all(len({secret[place] for secret in made}) == len(SIGNS) for place in range(10))


def test_without_the_secret_of_the_installation_nobody_makes_it(settings):
    before = secret_of(KEY)
    settings.SECRET_KEY = "another" * 10
    assert secret_of(KEY) != before


def test_it_fits_however_it_is_typed():
    secret = secret_of(KEY)
    kept = secret_hash("C-2026-0001", secret)
    for typed in (secret, secret.lower(), secret.replace("-", " "), f" {secret.replace('-', '')} "):
        assert fits(kept, "C-2026-0001", typed)


def test_another_number_another_secret_or_none_does_not():
    secret = secret_of(KEY)
    kept = secret_hash("C-2026-0001", secret)
    assert not fits(kept, "C-2026-0002", secret)
    assert not fits(kept, "C-2026-0001", secret[:-1])
    assert not fits(kept, "C-2026-0001", "")
    assert not fits("", "C-2026-0001", secret)
