"""Requests to the gateway's HTTP port byte by byte, for what clients of libraries never send."""

import base64
import http.client
import json
from dataclasses import dataclass, field

from google.protobuf import json_format

from jiebang_client import contracts


@dataclass
class HttpAnswer:
    status: int
    headers: dict  # by name in lower case
    body: bytes

    @property
    def json(self):
        return json.loads(self.body.decode("utf-8"))

    @property
    def refusal(self):
        """The error in the body, of Connect and of AIP-193 alike."""
        said = self.json
        return _of_rest(said["error"]) if "error" in said else _of_connect(said)


@dataclass
class HttpRefusal:
    code: str  # "NOT_FOUND"
    text: str  # English
    reason: str = ""
    text_zh: str = ""
    fields: list = field(default_factory=list)  # [(field, description)]; a field of "": the whole of it


class HttpCaller:
    """Somebody who calls. For one thread; its connection is kept."""

    def __init__(self, address, metadata=()):
        """`metadata`: what a Suite's caller brings, e.g. his token."""
        self._connection = http.client.HTTPConnection(address, timeout=30)
        self._headers = dict(metadata)

    def ask(self, verb, path, body=b"", **headers):
        """`headers`: with underscores for hyphens, e.g. content_type="application/json"."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(verb, path, body or None, self._headers | named)
        response = self._connection.getresponse()
        return HttpAnswer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())

    def post(self, path, body):
        """`body`: JSON as bytes."""
        return self.ask("POST", path, body, content_type="application/json")

    def close(self):
        self._connection.close()


def _of_rest(error):
    refusal = HttpRefusal(error["status"], error["message"])
    for detail in error["details"]:
        _open(refusal, detail["@type"].rpartition(".")[2], detail)
    return refusal


def _of_connect(error):
    refusal = HttpRefusal(error["code"].upper(), error.get("message", ""))
    for detail in error.get("details", ()):
        value = json_format.MessageToDict(contracts.message_class(detail["type"]).FromString(_bytes(detail["value"])))
        _open(refusal, detail["type"].rpartition(".")[2], value)
    return refusal


def _bytes(unpadded):
    return base64.b64decode(unpadded + "=" * (-len(unpadded) % 4), validate=True)


def _open(refusal, kind, said):
    if kind == "ErrorInfo":
        refusal.reason = said["reason"]
    elif kind == "LocalizedMessage":
        refusal.text_zh = said["message"]
    elif kind == "BadRequest":
        refusal.fields = [(each.get("field", ""), each["description"]) for each in said["fieldViolations"]]
