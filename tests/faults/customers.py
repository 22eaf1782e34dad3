"""Customers with patience: each page is sent again until it is answered, as somebody would press again."""

import http.client
import math
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import encode_multipart

from tests.photos import picture

HOST = "127.0.0.1"
FIRST, PHOTOS, LAST, RECEIPT = "/complain", "/complain/photos", "/complain/check", "/complain/done"
PATIENCE = 300
WITH_PHOTO = 5
"""Each fifth sends one."""
_TOKEN = "t" * 32
_BOUNDARY = "PageOfACustomer"
_MULTIPART = f"multipart/form-data; boundary={_BOUNDARY}"
_NUMBER, _SECRET = re.compile(r"C-\d{4}-\d{4,}"), re.compile(r"[2-9A-Z]{5}-[2-9A-Z]{5}")


class NotSo(Exception):  # noqa: N818 - reads as what it says
    """An answer that no customer may get."""


class Customer:
    """One browser, from a network of its own; `text` tells the complaint from all others."""

    def __init__(self, number, port, *, bears_faults=False):
        self.number, self.port, self.bears_faults = number, port, bears_faults
        self.text = f"厨房漏水 {number} {uuid4().hex}"
        self.cookies = {"csrftoken": _TOKEN}
        self.address = f"10.{number // 250 % 250}.{number % 250}.7"
        self.wire = None

    @property
    def has_photo(self) -> bool:
        return self.number % WITH_PHOTO == 0

    def complain(self):
        """Where an answer leads, there it goes on; the number and the secret of the receipt."""
        page, begun = FIRST, 0
        while page != RECEIPT:
            begun += page == FIRST
            if begun > 2:
                raise NotSo(f"{self.text} was asked everything again.")
            page = self.send(page)
        return self.read_receipt()

    def send(self, page):
        answer, _body = self._until_answered("POST", page)
        if answer.status != http.client.FOUND:
            raise NotSo(f"{page} answered {answer.status}.")
        return answer.headers["Location"]

    def read_receipt(self):
        answer, body = self._until_answered("GET", RECEIPT)
        if answer.status != http.client.OK:
            raise NotSo(f"{RECEIPT} answered {answer.status}, {answer.headers['Location']}.")
        page = body.decode()
        numbers, secrets = set(_NUMBER.findall(page)), set(_SECRET.findall(page))
        if (len(numbers), len(secrets)) != (1, 1):
            raise NotSo(f"The receipt says {numbers} and {secrets}.")
        return numbers.pop(), secrets.pop()

    def _until_answered(self, method, page):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                answer, body = self._ask(method, page)
            except (OSError, http.client.HTTPException):
                self.close()
            else:
                if answer.status < http.client.INTERNAL_SERVER_ERROR or not self.bears_faults:
                    return answer, body
            time.sleep(0.05)
        raise NotSo(f"{page} does not answer any more.")

    def _ask(self, method, page):
        if self.wire is None:
            self.wire = http.client.HTTPConnection(HOST, self.port, timeout=30)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": kept, "X-Forwarded-For": self.address}
        content, kind = self._filled_in(page) if method == "POST" else (None, "text/plain")
        self.wire.request(method, page, content, headers | {"Content-Type": kind})
        answer = self.wire.getresponse()
        body = answer.read()
        for line in answer.headers.get_all("Set-Cookie", ()):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer, body

    def _filled_in(self, page):
        told = {
            FIRST: {"text": self.text, "troubles": "late"},
            "/complain/order": {"order_ref": f"DD-{self.number}"},
            "/complain/wish": {"wish": "redo"},
            "/complain/contact": {"phone": f"138{self.number:08d}", "name": "陈女士"},
        }.get(page, {}) | {"csrfmiddlewaretoken": _TOKEN}
        if page == PHOTOS and self.has_photo:
            colour = (self.number % 256, self.number // 256, 90)
            photo = SimpleUploadedFile("IMG.jpg", picture(colour, size=(40, 30)), "image/jpeg")
            return encode_multipart(_BOUNDARY, told | {"photos": photo}), _MULTIPART
        return urlencode(told), "application/x-www-form-urlencoded"

    def close(self):
        if self.wire:
            self.wire.close()
        self.wire = None


class Customers:
    """So many at once, until each complaint has its receipt: `receipts` are (number, secret) by text."""

    def __init__(self, posts, at_once, port, **how):
        self.waiting = iter([Customer(number, port, **how) for number in range(1, posts + 1)])
        self.receipts, self.photos = {}, 0
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(at_once)
        self._jobs = [self._pool.submit(self._work) for _n in range(at_once)]

    def _next(self):
        with self._lock:
            return next(self.waiting, None)

    def _work(self):
        while customer := self._next():
            with closing(customer):
                receipt = customer.complain()
            with self._lock:
                self.receipts[customer.text] = receipt
                self.photos += customer.has_photo

    def wait_for(self, count, tend):
        """Until so many are acknowledged, or it is over; `tend()` is called meanwhile."""
        while len(self.receipts) < count and not self.is_over:
            tend()
            time.sleep(0.01)

    @property
    def is_over(self) -> bool:
        """All are served, or one of them fared as nobody may."""
        return all(job.done() for job in self._jobs) or any(
            job.done() and job.exception() for job in self._jobs
        )

    def see_off(self, tend):
        self.wait_for(math.inf, tend)
        for job in self._jobs:
            job.result(PATIENCE)
        self._pool.shutdown()
