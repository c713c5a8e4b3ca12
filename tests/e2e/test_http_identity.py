"""Who can prove what to the HTTP port, and what proves nothing there, over plain http.client and by the documentation alone."""

import base64
import hashlib
import hmac
import http.client
import json
import secrets
import struct
import time
from urllib.parse import urlencode

import pytest

from conftest import DEPLOYMENTS, START, module_programme
from jiebang_client.http_client import HttpCaller
from jiebang_client.identities import ClientCertificate, RsaIssuer, encode, openssl, replace
from jiebang_client.process import wait_until
from jiebang_client.suite import SERVICES
from jiebang_client.uscc import make_uscc
from jiebang_client.world import JIANGSU, ZHEJIANG, World
from test_audit import APPLICATION, HERE, seen

PLATFORM, KEY_ID, ENDPOINT = "platform-jiangsu", "js-hmac", "https://gateway.test/oauth2/token"
ISSUER = "https://identity.js.example"
SECRET = "jiebang-test-secret-0123456789abcdef"
EXPERTS, APPLICANTS = "/v1/experts", "/v1/applicants"
WATCH = "/v1/application/events:watch"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Platform:
    """A deployment, the registry that a test may change, and what the platform in it does."""

    def __init__(self, kind, directory, programmes):
        self.directory, self._registry, self._keys = directory, directory / "registry.textproto", directory / "keys.json"
        self.issuer = RsaIssuer(directory, ISSUER, "2023")
        self._keys.write_text(json.dumps({"keys": [self.issuer.jwk()]}))
        self._key, own_key = directory / "signing-key.pem", directory / "gateways-key.pem"
        for key in (self._key, own_key):
            openssl("genpkey", "-algorithm", "ed25519", "-out", key)
        (directory / "secret").write_text(SECRET)
        self.certificate = ClientCertificate(directory, "platform")
        self.reinstate()
        flags = ["--registry", self._registry, "--token-signing-key", own_key, "--token-endpoint", ENDPOINT]
        flags += ["--jwks", f"{ISSUER}={self._keys}"]
        self.suite = DEPLOYMENTS[kind](directory / "suite", START, programmes=programmes, gateway_flags=flags)

    def reinstate(self, more=""):
        public = openssl("pkey", "-in", self._key, "-pubout").decode().replace("\n", "\\n")
        known = f'id: "{PLATFORM}" unit: "{JIANGSU}" roles: "unit" region_prefixes: "32" keys {{ kid: "js" pem: "{public}" }}'
        known += f' hmac_keys {{ id: "{KEY_ID}" secret_file: "secret" algorithm: HMAC_ALGORITHM_SHA256 }}'
        known += f' certificates {{ spki_sha256: "{self.certificate.spki_sha256}" }}'
        replace(self._registry, f"platforms {{ {known} }} {more}")

    def revoke(self, what):
        self.reinstate(f"revocations {{ {what} }}")

    def ask(self, verb, target, body=b"", headers=()):
        caller = HttpCaller(self.suite.http_address, headers)
        try:
            more = {"content_type": "application/json"} if body else {}
            return caller.ask(verb, target, body, **more)
        finally:
            caller.close()

    def signed(self, verb, target, body=b"", on_behalf_of="", age=0):
        """The headers of a signed request."""
        path, _, query = target.partition("?")
        query = "&".join(sorted(query.split("&"), key=lambda parameter: parameter.split("=")[0]))
        digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
        moment, nonce = str(int(time.time()) - age), secrets.token_hex(16)
        text = "\n".join(["JIEBANG1-HMAC-SHA256", verb, path, query, digest, moment, nonce, KEY_ID, on_behalf_of])
        signature = base64.b64encode(hmac.new(SECRET.encode(), text.encode(), "sha256").digest()).decode()
        headers = {"jiebang-key-id": KEY_ID, "jiebang-timestamp": moment, "jiebang-nonce": nonce}
        headers |= {"content-digest": digest, "jiebang-signature": signature}
        return headers | ({"jiebang-on-behalf-of": on_behalf_of} if on_behalf_of else {})

    def assertion(self, **changed):
        now = int(time.time())
        claims = {"iss": PLATFORM, "sub": PLATFORM, "aud": ENDPOINT, "exp": now + 120, "jti": secrets.token_hex(16)} | changed
        text = ".".join(encode(json.dumps(part).encode()) for part in ({"alg": "EdDSA", "kid": "js"}, claims))
        file = self.directory / "signed-text"
        file.write_text(text)
        return f"{text}.{encode(openssl('pkeyutl', '-sign', '-rawin', '-inkey', self._key, '-in', file))}"

    def ask_for_token(self, form=None, headers=None, **changed):
        """`changed`: parameters of a form that is good otherwise; None takes one out."""
        if form is None:
            good = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE}
            parameters = good | ({} if "client_assertion" in changed else {"client_assertion": self.assertion()}) | changed
            form = urlencode({name: value for name, value in parameters.items() if value is not None})
        caller = HttpCaller(self.suite.http_address, headers or {})
        try:
            return caller.ask("POST", "/oauth2/token", form.encode(), content_type="application/x-www-form-urlencoded")
        finally:
            caller.close()

    def bearer(self):
        return {"authorization": f"Bearer {self.ask_for_token().json['access_token']}"}


@pytest.fixture(scope="module", params=DEPLOYMENTS)
def platform(request, tmp_path_factory, programmes):
    made = Platform(request.param, tmp_path_factory.mktemp("http-identity"), programmes)
    with made.suite:
        made.world = World(made.suite, module_programme(__name__))
        yield made


@pytest.fixture
def filings(platform):
    """What the unit may list and nobody without credentials."""
    return f"/v1/programmes/{platform.world.programme}/units/{JIANGSU}/applicants/-/applications"


def reason_of(answer):
    """Why it was refused; "believed" when it was not."""
    return "believed" if answer.status == 200 else answer.refusal.reason


def registration(uscc):
    details = {"name": f"applicants/{uscc}", "displayName": "示例企业", "legalForm": "LEGAL_FORM_LEGAL_PERSON"}
    return json.dumps(details | {"regionCode": JIANGSU, "industryCode": "3831"}).encode()


# --- signed requests


def test_a_signed_request_is_good_once(platform, filings):
    headers = platform.signed("GET", filings)
    answers = [platform.ask("GET", filings, headers=headers) for _ in range(3)]
    assert [reason_of(each) for each in answers] == ["believed", "NONCE_USED", "NONCE_USED"]
    assert answers[1].status == 401


def test_a_signed_request_that_was_refused_is_not_good_later(platform):
    """The nonce is used up by whoever holds the key, whatever became of the request; or else it is repeated until it passes."""
    body = registration(make_uscc("refused and repeated", ZHEJIANG))
    headers = platform.signed("POST", APPLICANTS, body)
    answers = [platform.ask("POST", APPLICANTS, body, headers) for _ in range(2)]
    assert [reason_of(each) for each in answers] == ["ROLE_NOT_ALLOWED", "NONCE_USED"]


def test_what_was_signed_cannot_be_changed(platform, filings):
    uscc, other = make_uscc("signed", JIANGSU), make_uscc("unsigned", JIANGSU)
    body = registration(uscc)
    sign = lambda **more: platform.signed("POST", APPLICANTS, body, f"applicants/{uscc}", **more)
    tampered = platform.ask("POST", APPLICANTS, registration(other), sign())
    assert (tampered.status, reason_of(tampered)) == (401, "CONTENT_DIGEST_WRONG")
    for change in (
        {"jiebang-on-behalf-of": f"applicants/{other}"},
        {"jiebang-nonce": secrets.token_hex(16)},
        {"jiebang-timestamp": str(int(time.time()) - 1)},
        {"jiebang-key-id": "another"},
    ):
        assert reason_of(platform.ask("POST", APPLICANTS, body, sign() | change)) == "SIGNATURE_WRONG", change
    query = platform.ask("GET", f"{filings}?pageSize=3", headers=platform.signed("GET", f"{filings}?pageSize=2"))
    assert reason_of(query) == "SIGNATURE_WRONG"
    assert reason_of(platform.ask("POST", APPLICANTS, body, sign())) == "believed", "as it was signed it is good"


@pytest.mark.parametrize("age", [400, -400])
def test_a_signed_request_is_good_for_minutes(platform, filings, age):
    answer = platform.ask("GET", filings, headers=platform.signed("GET", filings, age=age))
    assert (answer.status, reason_of(answer)) == (401, "SIGNATURE_OUT_OF_TIME")


def test_a_signed_request_brings_no_token(platform, filings):
    headers = platform.signed("GET", filings) | platform.bearer()
    assert reason_of(platform.ask("GET", filings, headers=headers)) == "CREDENTIALS_AMBIGUOUS"


# --- acting for an enterprise


@pytest.mark.parametrize("proof", ["signature", "token"])
def test_acting_for_an_enterprise_is_on_the_trail(platform, proof):
    uscc, trace = make_uscc(f"trail {proof}", JIANGSU), secrets.token_hex(16)
    body, name = registration(uscc), f"applicants/{uscc}"
    headers = platform.signed("POST", APPLICANTS, body, name) if proof == "signature" else platform.bearer() | {"jiebang-on-behalf-of": name}
    answer = platform.ask("POST", APPLICANTS, body, headers | {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})
    assert answer.status == 200, answer.body
    event = seen(platform.suite.auditor(), APPLICATION, lambda event: event.trace_id == trace)[1]
    assert (event.actor, event.on_behalf_of, event.source_address) == (PLATFORM, name, HERE)


def test_acting_for_an_enterprise_elsewhere_is_refused_and_on_the_trail(platform):
    uscc, trace = make_uscc("elsewhere", ZHEJIANG), secrets.token_hex(16)
    body = registration(uscc)
    headers = platform.signed("POST", APPLICANTS, body, f"applicants/{uscc}") | {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
    answer = platform.ask("POST", APPLICANTS, body, headers)
    assert (answer.status, reason_of(answer)) == (403, "NOT_IN_REGION")
    event = seen(platform.suite.auditor(), APPLICATION, lambda event: event.trace_id == trace)[1]
    assert (event.type, event.actor, event.reason) == ("call.refused", PLATFORM, "NOT_IN_REGION")


def test_who_is_no_platform_acts_for_nobody(platform):
    uscc = make_uscc("acted for by anybody", JIANGSU)
    for headers in ({}, {"authorization": f"Bearer {platform.suite.token(sub='m', roles=['ministry'])}"}):
        answer = platform.ask("GET", f"/v1/applicants/{uscc}", headers=headers | {"jiebang-on-behalf-of": f"applicants/{uscc}"})
        assert (answer.status, reason_of(answer)) == (403, "ON_BEHALF_OF_NOT_ALLOWED")


# --- headers that anybody can send


PRINCIPAL = b"\x0a\x08ministry\x12\x01\x05"


def spoofs(platform):
    return [
        {"jiebang-principal-bin": base64.b64encode(PRINCIPAL).decode()},
        {"jiebang-principal-bin": base64.b64encode(b"\x00" * 32 + PRINCIPAL).decode().rstrip("=")},
        {"x-client-cert": platform.certificate.header},
        {"x-client-cert": platform.certificate.header, "x-forwarded-for": "10.0.0.1", "x-real-ip": "10.0.0.1"},
        {"x-jiebang-role": "ministry", "x-forwarded-client-cert": "Subject=platform"},
    ]


def test_they_prove_nothing(platform, filings):
    for headers in spoofs(platform):
        for verb, target in (("GET", filings), ("POST", "/jiebang.review.v1.ReviewService/ListExperts")):
            answer = platform.ask(verb, target, b"{}" if verb == "POST" else b"", headers)
            assert (answer.status, reason_of(answer)) == (401, "CREDENTIALS_MISSING"), headers


def test_beside_a_token_they_change_nothing(platform):
    """Neither what the caller may do, nor who it is and from where on the trail."""
    for headers in spoofs(platform):
        trace = secrets.token_hex(16)
        unit = {"authorization": f"Bearer {platform.suite.token(sub='unit-x', roles=['unit'], unit=JIANGSU)}"}
        answer = platform.ask("GET", EXPERTS, headers=headers | unit | {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})
        assert (answer.status, reason_of(answer)) == (403, "ROLE_NOT_ALLOWED"), headers
        event = seen(platform.suite.auditor(), "ReviewService", lambda event: event.trace_id == trace)[1]
        assert (event.actor, event.source_address) == ("unit-x", HERE)


def test_in_the_query_they_are_parameters_that_nobody_knows(platform, filings):
    token = platform.suite.token(sub="m", roles=["ministry"])
    for name in ("access_token", "authorization"):
        assert platform.ask("GET", f"{filings}?{urlencode({name: token})}").status in (400, 401)


# --- revocation


def rest_stream(platform, headers):
    connection = http.client.HTTPConnection(platform.suite.http_address, timeout=30)
    connection.request("GET", WATCH, headers=headers)
    return connection.getresponse()


def connect_stream(platform, headers):
    connection = http.client.HTTPConnection(platform.suite.http_address, timeout=30)
    message = b"{}"
    body = struct.pack(">BI", 0, len(message)) + message
    path = f"/{SERVICES['application']}/WatchEvents"
    connection.request("POST", path, body, headers | {"content-type": "application/connect+json", "connect-protocol-version": "1"})
    return connection.getresponse()


def last_of(response):
    """The end of a stream of either kind as JSON; what the server said last before it ended in order."""
    text = response.read()
    return json.loads(text[text.rindex(b'{"error"') :])["error"]


STREAMS = {"rest": rest_stream, "connect": connect_stream}


@pytest.mark.parametrize("kind", STREAMS)
def test_an_open_stream_ends_with_its_callers_credentials(platform, kind):
    platform.world.enterprise()  # something to tell of: an answer begins with its first message
    headers = {"authorization": f"Bearer {platform.issuer.token(sub='watcher', roles=['ministry'])}"}
    response = STREAMS[kind](platform, headers)
    try:
        assert response.status == 200
        assert response.read(1), "nothing came before the revocation"
        began = time.monotonic()
        platform.revoke('subjects { subject: "watcher" }')
        error = last_of(response)
        assert error.get("status", error["code"]).upper() == "UNAVAILABLE", error
        assert time.monotonic() - began < 20, "it was the stream's own end"
        again = platform.ask("GET", WATCH, headers=headers)
        assert reason_of(again) == "CREDENTIAL_REVOKED"
    finally:
        response.close()
        platform.reinstate()
    wait_until(lambda: reason_of(platform.ask("GET", EXPERTS, headers=headers)) == "believed", "the end of the revocation", 10)


REVOCABLE = {
    "signature": (lambda platform, target: platform.signed("GET", target), f'key_ids: "{KEY_ID}"'),
    "token of the endpoint": (None, 'key_ids: "js"'),
    "platform": (lambda platform, target: platform.signed("GET", target), f'subjects {{ subject: "{PLATFORM}" }}'),
}


@pytest.mark.parametrize("headers_of, revocation", REVOCABLE.values(), ids=REVOCABLE)
def test_what_is_revoked_is_over_within_seconds(platform, filings, headers_of, revocation):
    bearer = platform.bearer()  # it is given out before
    ask = lambda: reason_of(platform.ask("GET", filings, headers=headers_of(platform, filings) if headers_of else bearer))
    assert ask() == "believed"
    platform.revoke(revocation)
    try:
        wait_until(lambda: ask() == "CREDENTIAL_REVOKED", "the revocation", 10)
        if headers_of is None:
            assert platform.ask_for_token().json["error"] == "invalid_client"
    finally:
        platform.reinstate()
    wait_until(lambda: ask() == "believed", "the end of the revocation", 10)


# --- the token endpoint (RFC 6749)


def test_an_assertion_gives_a_token(platform, filings):
    answer = platform.ask_for_token()
    assert answer.status == 200 and answer.headers["content-type"].startswith("application/json")
    assert "no-store" in answer.headers["cache-control"]
    assert set(answer.json) == {"access_token", "token_type", "expires_in"} and answer.json["token_type"].lower() == "bearer"
    headers = {"authorization": f"Bearer {answer.json['access_token']}"}
    assert reason_of(platform.ask("GET", filings, headers=headers)) == "believed"
    assert reason_of(platform.ask("GET", EXPERTS, headers=headers)) == "ROLE_NOT_ALLOWED", "what the registry says, no more"


FORMS = {
    "no grant_type": ({"grant_type": None}, 400, "invalid_request"),
    "another grant_type": ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    "no assertion": ({"client_assertion": None}, 400, "invalid_request"),
    "another assertion type": ({"client_assertion_type": "urn:x"}, 400, "invalid_request"),
    "a scope": ({"scope": "everything"}, 400, "invalid_scope"),
    "an assertion that is none": ({"client_assertion": "a.b.c"}, 401, "invalid_client"),
    "another client_id": ({"client_id": "platform-zhejiang"}, 401, "invalid_client"),
}


@pytest.mark.parametrize("changed, status, error", FORMS.values(), ids=FORMS)
def test_a_form_that_is_not_good_is_told_by_the_rfcs_errors(platform, changed, status, error):
    expect_error(platform.ask_for_token(**changed), status, error)


ASSERTIONS = {
    "for somebody else": lambda: {"aud": "https://elsewhere.example"},
    "expired": lambda: {"exp": int(time.time()) - 600},
    "for a day": lambda: {"exp": int(time.time()) + 86400},
    "of somebody who is not registered": lambda: {"iss": "nobody", "sub": "nobody"},
    "of another issuer": lambda: {"iss": "nobody"},
    "without a jti": lambda: {"jti": ""},
}


@pytest.mark.parametrize("changed", ASSERTIONS.values(), ids=ASSERTIONS)
def test_an_assertion_that_is_not_good_is_no_client(platform, changed):
    expect_error(platform.ask_for_token(client_assertion=platform.assertion(**changed())), 401, "invalid_client")


def test_an_assertion_is_good_once(platform):
    assertion = platform.assertion()
    assert platform.ask_for_token(client_assertion=assertion).status == 200
    expect_error(platform.ask_for_token(client_assertion=assertion), 401, "invalid_client")


def test_an_authorization_header_is_no_clients_proof(platform):
    """RFC 6749, 2.3: one way to authenticate in a request; nor does it use the assertion up."""
    assertion = platform.assertion()
    for headers in ({"authorization": "Basic cGxhdGZvcm06c2VjcmV0"}, platform.bearer()):
        expect_error(platform.ask_for_token(headers=headers, client_assertion=assertion), 401, "invalid_client")
    assert platform.ask_for_token(client_assertion=assertion).status == 200


def test_a_parameter_that_comes_twice_is_no_request(platform):
    form = urlencode([("grant_type", "client_credentials")] * 2)
    expect_error(platform.ask_for_token(form=form), 400, "invalid_request")


def test_the_endpoint_takes_posts_alone(platform):
    answer = platform.ask("GET", "/oauth2/token")
    assert (answer.status, answer.headers["allow"]) == (405, "POST")


def expect_error(answer, status, error):
    assert (answer.status, answer.json["error"]) == (status, error), answer.body
    assert answer.headers["content-type"].startswith("application/json") and "no-store" in answer.headers["cache-control"]
    assert set(answer.json) <= {"error", "error_description", "error_uri"} and answer.json["error_description"]
