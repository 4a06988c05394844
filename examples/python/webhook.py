"""A receiver of Switchhook's webhooks in Python 3, with the standard library alone.

    TOKEN=abc123def SECRET=whsec_... CALLS=calls.tsv PORT=8090 python3 webhook.py

TOKEN is the value of the header my-super-secret-token, SECRET the webhook's signing secret (leave it out when the
webhook does not sign). Each event becomes one line in the file CALLS.
"""

import base64
import binascii
import collections
import hashlib
import hmac
import json
import os
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

TOKEN = os.environ["TOKEN"]
SECRET = os.environ.get("SECRET", "")
CALLS = os.environ.get("CALLS", "calls.tsv")
TOLERANCE_SECONDS = 300
BODY_BYTES_MAX = 1024 * 1024
REMEMBERED_MAX = 10_000


if not TOKEN:
    raise SystemExit("TOKEN is the value of the secret header, and it is empty")


class Memory:
    """The ids that were worked on and the last event of each call; the oldest are forgotten first."""

    def __init__(self):
        self.lock = threading.Lock()
        self.ids = collections.OrderedDict()
        self.last = collections.OrderedDict()

    @staticmethod
    def keep(entries, key, value):
        entries[key] = value
        entries.move_to_end(key)
        if len(entries) > REMEMBERED_MAX:
            entries.popitem(last=False)


MEMORY = Memory()


def proves_itself(headers, content):
    """True when token and signature (Standard Webhooks) are right and the request is not old."""
    token = (headers.get("my-super-secret-token") or "").encode()
    return hmac.compare_digest(token, TOKEN.encode()) and (not SECRET or is_signed(headers, content))


def is_signed(headers, content):
    message_id = headers.get("webhook-id") or ""
    timestamp = headers.get("webhook-timestamp") or ""
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + content
    expected = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    shown = (headers.get("webhook-signature") or "").split(" ")
    right = any([hmac.compare_digest(expected, one.encode()) for one in shown])
    return right and timestamp.isascii() and timestamp.isdigit() and abs(time.time() - int(timestamp)) <= TOLERANCE_SECONDS


def read_log(body):
    """The call log, in whatever format the webhook is set to; raises ValueError when there is none."""
    text = body.decode()
    if not text.lstrip().startswith("{"):
        text = dict(parse_qsl(text))["myoperator"]
    log = json.loads(text)
    log = log.get("myoperator", log)
    return json.loads(log) if isinstance(log, str) else log


def describe(log, parameters):
    """What happened: kind, call, state or event, number, users."""
    if log is None:
        return ["parameters", parameters.get("uid", ""), parameters.get("state", ""), number(parameters.get("caller_number")), ""]
    if "event_type" in log:
        # The second generation, of a source that tells as v2: the call is session_id, the rest is in payload.
        return ["event", log["session_id"], log["event_type"], number(log.get("customer_identifier")), ""]
    if "_ai" in log:
        uid = next((entry["vl"] for entry in log.get("_pm", []) if entry["ky"] == "ui"), "")
        kind = "disposition" if "_dsp" in log else "after-call"
        return [kind, uid, log.get("_su", ""), number(log.get("_cl")), ""]
    # There is no _cr in an in-call log: the caller is clid_raw.
    return ["in-call", log["uid"], log["call_state"], number(log.get("clid_raw")), users(log.get("users"))]


def users(value):
    """The users with commas between, whether they came as a list, as a comma list, or as JSON in a text."""
    if isinstance(value, str) and value.startswith("["):
        value = json.loads(value)
    return ",".join(map(str, value)) if isinstance(value, list) else str(value or "")


def number(value):
    """The number with its plus, which a sender that does not encode it turns into a space."""
    return re.sub(r"^ (?=\d+$)", "+", str(value or ""))


def is_gap(uid, headers):
    """True when an event of this call should have come before this one and did not."""
    sequence = int(headers.get("switchhook-sequence") or 0)
    if not uid or not sequence or headers.get("switchhook-replay"):
        return False
    last = MEMORY.last.get(uid)
    MEMORY.keep(MEMORY.last, uid, max(last or 0, sequence))
    missed = last is not None and int(headers.get("switchhook-previous") or 0) > last
    return missed or headers.get("switchhook-skipped") is not None


def work(message_id, what, headers):
    """Writes one line. Real work belongs into a queue: the sender waits for the answer, 15 seconds at most."""
    fields = [message_id, *what, "gap" if is_gap(what[1], headers) else "ok"]
    with open(CALLS, "a", encoding="utf-8") as calls:
        calls.write("\t".join(re.sub(r"[\x00-\x1f\x7f]", " ", str(field)) for field in fields) + "\n")


class Webhook(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.take(b"")

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        if length > BODY_BYTES_MAX:
            self.close_connection = True
            self.answer(413, "Too large.")
            return
        self.take(self.rfile.read(length))

    def take(self, body):
        # The bytes as they came: a signature is over bytes. A GET has no body: there the raw query is signed.
        query = self.path.partition("?")[2]
        if not proves_itself(self.headers, body if self.command == "POST" else query.encode()):
            # "Bad" with status 200 would count as delivered: only the status says no.
            self.answer(401, "This request does not prove who sent it.")
            return
        try:
            log = read_log(body) if self.command == "POST" else None
            what = describe(log, dict(parse_qsl(query, keep_blank_values=True)))
        except (ValueError, KeyError, AttributeError, TypeError, binascii.Error):
            self.answer(400, "There is no call log.")
            return
        # Work, then remember, one at a time: a repeat that comes meanwhile waits, work that fails is told again.
        message_id = self.headers.get("webhook-id") or ""
        with MEMORY.lock:
            if not message_id or message_id not in MEMORY.ids:
                try:
                    work(message_id, what, self.headers)
                except OSError:
                    self.answer(500, "This event could not be worked on.")
                    return
                MEMORY.keep(MEMORY.ids, message_id, True)
        self.answer(200, "OK")

    def answer(self, status, words):
        body = (words + "\n").encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing: the query of a GET has telephone numbers in it."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8090"))), Webhook)
    print(f"Receiving at http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()
