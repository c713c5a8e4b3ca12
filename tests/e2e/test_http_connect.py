"""The Connect protocol over HTTP/1.1, as a caller writes it who has nothing but a library for HTTP and one for JSON."""

import gzip
import http.client
import json
import socket
import struct
import urllib.parse

import pytest

from jiebang_client.suite import applicant_claims
from jiebang_client.uscc import make_uscc
from jiebang_client.world import JIANGSU

APPLICATIONS = "/jiebang.application.v1.ApplicationService"


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)

    def detail(self, kind):
        """What the error says in its detail of this type."""
        return next(each["debug"] for each in self.json["details"] if each["type"] == f"google.rpc.{kind}")


class Caller:
    """One connection that stays open."""

    def __init__(self, suite, token=None):
        self._connection = http.client.HTTPConnection(suite.http_address, timeout=20)
        self._headers = {"authorization": f"Bearer {token}"} if token else {}

    def post(self, path, message, **headers):
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        return self._ask("POST", path, body, {"content-type": "application/json", **headers})

    def get(self, path, message=None, **headers):
        if message is not None:
            query = {"connect": "v1", "encoding": "json", "message": json.dumps(message)}
            path = f"{path}?{urllib.parse.urlencode(query)}"
        return self._ask("GET", path, None, headers)

    def _ask(self, verb, path, body, headers):
        spelled = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(verb, path, body, {**self._headers, **spelled})
        return Answer(self._connection.getresponse())


@pytest.fixture
def nobody(suite):
    return Caller(suite)


@pytest.fixture
def applicant(suite, request):
    """An enterprise that is registered; with its name and its caller."""
    uscc = make_uscc(f"connect {request.node.name}", JIANGSU)
    caller = Caller(suite, suite.token(**applicant_claims(uscc)))
    name = f"applicants/{uscc}"
    details = {"name": name, "displayName": "某某制造有限公司", "legalForm": "LEGAL_FORM_LEGAL_PERSON"}
    details |= {"regionCode": "320500", "industryCode": "3831"}
    made = caller.post(f"{APPLICATIONS}/CreateApplicant", {"applicant": details})
    assert made.status == 200, made.body
    return name, caller


def test_an_applicant_registers_and_reads_itself(applicant):
    name, caller = applicant
    first = caller.get(f"{APPLICATIONS}/GetApplicant", {"name": name})
    assert first.status == 200
    assert first.json["applicant"]["displayName"] == "某某制造有限公司"
    assert first.headers["cache-control"] == "private, no-cache"
    again = caller.get(f"{APPLICATIONS}/GetApplicant", {"name": name}, if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_it_reads_itself_by_rest(applicant):
    name, caller = applicant
    assert caller.get(f"/v1/{name}").json["applicant"]["displayName"] == "某某制造有限公司"


def test_a_repeated_request_has_the_first_answer(suite, applicant):
    name, caller = applicant
    update = {"applicant": {"name": name, "displayName": "新名称有限公司"}, "updateMask": "displayName"}
    key = {"idempotency_key": "3f1c9a52-8f55-4e9e-a7f6-7cf5bb0a1d2e"}
    first = caller.post(f"{APPLICATIONS}/UpdateApplicant", update, **key)
    again = caller.post(f"{APPLICATIONS}/UpdateApplicant", update, **key)
    assert first.status == again.status, (first.body, again.body)
    assert first.body == again.body


def test_everybody_may_keep_what_everybody_may_see(nobody):
    answer = nobody.get(f"{APPLICATIONS}/ListProgrammes", {})
    assert answer.status == 200
    assert answer.headers["cache-control"].startswith("public, max-age=")


def test_nobody_is_told_who_may_call_in_both_languages(nobody):
    refused = nobody.post(f"{APPLICATIONS}/CreateApplicant", {})
    assert refused.status == 401
    assert refused.json["code"] == "unauthenticated"
    assert refused.detail("ErrorInfo")["reason"] == "CREDENTIALS_MISSING"
    assert refused.detail("LocalizedMessage")["locale"] == "zh-CN"


def test_a_field_that_is_wrong_is_named(nobody):
    refused = nobody.post(f"{APPLICATIONS}/GetProgramme", {"nme": "programmes/x"})
    assert (refused.status, refused.json["code"]) == (400, "invalid_argument")
    assert refused.detail("BadRequest")["fieldViolations"][0]["field"] == "nme"


def test_what_is_not_there_is_not_found(nobody):
    refused = nobody.get(f"{APPLICATIONS}/GetProgramme", {"name": "programmes/nothing"})
    assert (refused.status, refused.json["code"]) == (404, "not_found")
    assert refused.headers["cache-control"] == "no-store"


def test_a_deadline_is_kept(nobody):
    refused = nobody.post(f"{APPLICATIONS}/ListProgrammes", {}, connect_timeout_ms="0")
    assert (refused.status, refused.json["code"]) == (504, "deadline_exceeded")


def test_both_sides_compress(world, nobody):
    message = gzip.compress(json.dumps({"name": f"programmes/{world.programme}"}).encode())
    answer = nobody.post(f"{APPLICATIONS}/GetProgramme", message, content_encoding="gzip", accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.body))["programme"]["id"] == world.programme


@pytest.mark.parametrize(
    "headers, status, code",
    [
        ({"content_type": "text/xml"}, 415, "invalid_argument"),
        ({"content_encoding": "br"}, 501, "unimplemented"),
        ({"connect_timeout_ms": "soon"}, 400, "invalid_argument"),
    ],
)
def test_what_is_not_spoken_is_refused_in_json(nobody, headers, status, code):
    refused = nobody.post(f"{APPLICATIONS}/ListProgrammes", {}, **headers)
    assert (refused.status, refused.json["code"]) == (status, code)


def test_a_change_is_no_get(nobody):
    refused = nobody.get(f"{APPLICATIONS}/CreateApplicant", {})
    assert (refused.status, refused.headers["allow"]) == (405, "POST")


def test_a_stream_brings_events_while_it_goes_on(suite, applicant):
    """Connect's server stream: envelopes come before the call has an end."""
    name, _ = applicant
    token = suite.token(sub="auditor", roles=["auditor"])
    with socket.create_connection(("127.0.0.1", suite.http_port), timeout=20) as connection:
        head = f"POST {APPLICATIONS}/WatchEvents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
        head += "Content-Type: application/connect+json\r\nContent-Length: 7\r\n\r\n"
        connection.sendall(head.encode() + struct.pack(">BI", 0, 2) + b"{}")
        received = b""
        while name.encode() not in received:
            piece = connection.recv(65536)
            assert piece, received
            received += piece
    assert received.startswith(b"HTTP/1.1 200")
    assert b"Content-Type: application/connect+json" in received


def test_health_is_plain(nobody):
    assert (nobody.get("/healthz").status, nobody.get("/readyz").status) == (200, 200)
