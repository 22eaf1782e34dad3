#!/usr/bin/env python3
"""The pictures of the README, taken from the running demo.

make run                                  in one terminal, on an empty data folder
.venv/bin/python docs/screenshots.py      in another; an address may follow
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

DOCS = Path(__file__).resolve().parent
CHROMIUM = "/usr/bin/chromium"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 375, "height": 760}
# File, who is signed in (nobody: a customer), language, page, window.
PICTURES = (
    ("home.png", "risk.manager", "zh-hans", "/", DESK),
    ("list.png", "risk.manager", "en", "/risks/?group=department&open=R012", DESK),
    ("heat-map.png", "approver", "en", "/matrix/?probability=3&impact=4", DESK),
    ("decide.png", "approver", "zh-hans", "/plans/RP-014/decide/", DESK),
    ("complaints.png", "customer.service", "en", "/incidents/complaints/", DESK),
    ("filing.png", "staff.cleaning", "zh-hans", "/m/new", PHONE),
    ("complain.png", "", "zh-hans", "/complain", PHONE),
    ("incident.png", "staff.cleaning", "zh-hans", "/m/incident", PHONE),
)


def password() -> str:
    data = Path(os.environ.get("RISKHUB_DATA", DOCS.parent / "var"))
    return os.environ.get("RISKHUB_DEMO_PASSWORD") or (data / "demo_password").read_text().strip()


def sign_in(page: Page, username: str, locale: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password())
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/")
    other = page.locator(f'button[name=language][value="{locale}"]')
    if other.count():
        other.click()
        page.locator(f'html[lang="{"zh-Hans" if locale == "zh-hans" else locale}"]').wait_for()


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    folder = DOCS / "images"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, username, locale, path, size in PICTURES:
            page = browser.new_page(base_url=address, viewport=size, color_scheme="light")
            if username:
                sign_in(page, username, locale)
            page.goto(path)
            page.screenshot(path=folder / name)
            sys.stdout.write(f"{folder / name}\n")
        browser.close()


if __name__ == "__main__":
    main()
