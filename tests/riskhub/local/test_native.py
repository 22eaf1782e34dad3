"""Libraries and fonts for PDF, fetched without installing."""

import pytest

from riskhub.local import fetch_native, native


@pytest.fixture
def private(tmp_path, monkeypatch):
    monkeypatch.setattr(native, "NATIVE", tmp_path)
    monkeypatch.setattr(native, "ROOT", tmp_path / "root")
    monkeypatch.setattr(native, "FONTS_FILE", tmp_path / "fonts.conf")
    return tmp_path


def test_nothing_is_fetched_where_nothing_is_missing(private, monkeypatch):
    monkeypatch.setattr(native, "NEEDED", ("libc.so.6",))
    monkeypatch.setattr(fetch_native, "has_chinese_font", lambda: True)

    assert fetch_native.main() == 0

    assert list(private.iterdir()) == []


def test_a_machine_without_packages_is_told_what_to_install_once(private, monkeypatch, capsys):
    monkeypatch.setattr(native, "NEEDED", ("libnowhere.so.1",))
    monkeypatch.setenv("PATH", "")

    assert fetch_native.main() == 0
    first = capsys.readouterr().err
    assert fetch_native.main() == 0

    assert "apt install libpango-1.0-0" in first
    assert "Tried to get them: apt-get is not here." in first
    assert capsys.readouterr().err == ""


def test_private_fonts_are_added_to_the_system_s(private):
    (native.ROOT / "usr/share/fonts").mkdir(parents=True)
    environ = {}

    fetch_native.write_fonts_file()
    native.use_fonts(environ)

    assert environ == {"FONTCONFIG_FILE": str(native.FONTS_FILE)}
    written = native.FONTS_FILE.read_text()
    assert f"<dir>{native.ROOT / 'usr/share/fonts'}</dir>" in written
    assert '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>' in written


def test_without_private_fonts_the_environment_stays(private):
    environ = {}
    native.use_fonts(environ)
    assert environ == {}
