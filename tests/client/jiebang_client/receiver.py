"""A platform that takes webhooks: a web server that checks every signature, as docs/events.md tells an integrator to."""

import base64
import hashlib
import hmac
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from jiebang_client.process import wait_until

WINDOW_SECONDS = 300


def signatures(secret, message_id, timestamp, body):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


class Message:
    """What arrived."""

    def __init__(self, headers, body):
        self.id = headers["webhook-id"]
        self.timestamp = int(headers["webhook-timestamp"])
        self.signatures = headers["webhook-signature"].split(" ")
        self.content_type = headers["content-type"]
        self.body = body
        self.event = json.loads(body)

    def is_signed_with(self, secret):
        wanted = signatures(secret, self.id, self.timestamp, self.body)
        return any(hmac.compare_digest(wanted, each) for each in self.signatures)


class Receiver:
    """Keeps what arrives, in order. `answer(message)` gives the status to answer with; 204 unless a test says otherwise."""

    def __init__(self):
        self.messages = []
        self.answer = lambda message: 204
        self._lock = threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                message = Message(self.headers, self.rfile.read(int(self.headers["content-length"])))
                with receiver._lock:
                    receiver.messages.append(message)
                status = receiver.answer(message)
                self.send_response(status)
                if status in (301, 302, 307):
                    self.send_header("location", "/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_address[1]}/hooks"

    def arrived(self, event_type):
        with self._lock:
            return [message for message in self.messages if message.event["type"] == event_type]

    def wait_for(self, event_type, count=1):
        """The messages of this type, once there are so many."""
        enough = lambda: len(self.arrived(event_type)) >= count and self.arrived(event_type)
        return wait_until(enough, f"{count} of {event_type}")

    def checks(self, message, secret):
        """A message as a careful receiver takes it."""
        assert message.is_signed_with(secret)
        assert abs(time.time() - message.timestamp) < WINDOW_SECONDS
        assert message.content_type.startswith("application/cloudevents+json")
        event = message.event
        assert (event["specversion"], event["id"]) == ("1.0", message.id)
        assert (event["type"], event["subject"]) == (event["data"]["type"], event["data"]["resource"])
