"""A mail server that keeps what it gets a moment before it says so: there a sender may be killed."""

import socketserver
import threading
import time
from contextlib import contextmanager
from email import message_from_bytes

HESITATES = 0.03


class Mailbox:
    """`taken` are (to whom, Message-ID), in the order in which they came."""

    def __init__(self):
        self.taken = []
        self._came = threading.Condition()

    def keep(self, content):
        message = message_from_bytes(content)
        with self._came:
            self.taken.append((message["To"], message["Message-ID"]))
            self._came.notify_all()

    def wait_for_another(self, patience):
        """Whether one came: its sender does not know yet."""
        with self._came:
            return self._came.wait(patience)


class Session(socketserver.StreamRequestHandler):
    """As much of SMTP as Python's own client speaks."""

    def handle(self):
        self.say("220 mailbox")
        while line := self.rfile.readline():
            word = line[:4].strip().upper()
            if word == b"QUIT":
                self.say("221 bye")
                return
            if word == b"DATA":
                self.take()
            else:
                self.say("250 yes")

    def take(self):
        """What is cut off before its end was never sent."""
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line)
        if line:
            self.server.mailbox.keep(b"".join(lines))
            time.sleep(HESITATES)
            self.say("250 taken")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 50

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.mailbox = Mailbox()

    def handle_error(self, *_whose):
        """Whoever speaks to it may be killed in the middle of a word."""


@contextmanager
def receiving():
    """(the mailbox, its port)."""
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.mailbox, server.server_address[1]
        finally:
            server.shutdown()
