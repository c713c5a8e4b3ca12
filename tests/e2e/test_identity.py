"""Who can prove what to the gateway, for whom a platform may act, and how fast it is over. Over the gRPC port."""

import json
import re
import textwrap

import grpc
import pytest

from conftest import DEPLOYMENTS, START, module_programme
from jiebang_client import CallError
from jiebang_client.client import Caller
from jiebang_client.contracts import ROOT
from jiebang_client.enterprise import Enterprise
from jiebang_client.identities import ClientCertificate, RsaIssuer, replace
from jiebang_client.process import wait_until
from jiebang_client.uscc import make_uscc
from jiebang_client.world import JIANGSU, ZHEJIANG, World
from refusals import INVALID_ARGUMENT, PERMISSION_DENIED, UNAUTHENTICATED, refused
from test_audit import APPLICATION, HERE, Traced, recorded, seen

ISSUER = "https://identity.js.example"
PLATFORM = "platform-jiangsu"
REGISTRY = f"""
platforms {{ id: "{PLATFORM}" unit: "{JIANGSU}" roles: "unit" region_prefixes: "32" }}
"""


class Identities:
    """A deployment with an issuer and a registry whose files a test may change."""

    def __init__(self, directory, world, issuer):
        self.keys, self.registry = directory / "keys.json", directory / "registry.textproto"
        self.world, self.issuer, self.directory = world, issuer, directory

    def caller(self, *headers, **claims):
        return Caller(self.world.suite.client, (("authorization", f"Bearer {self.issuer.token(**claims)}"), *headers))

    def platform(self, uscc=None):
        headers = [("jiebang-on-behalf-of", f"applicants/{uscc}")] if uscc else []
        return self.caller(*headers, sub=PLATFORM, roles=["unit"], unit=JIANGSU)

    def revoke(self, what):
        replace(self.registry, f"{REGISTRY} revocations {{ {what} }}")

    def reinstate(self):
        replace(self.registry, REGISTRY)


def deployed(kind, directory, programmes, *flags):
    issuer = RsaIssuer(directory, ISSUER, "2023")
    identities = Identities(directory, None, issuer)
    replace(identities.keys, json.dumps({"keys": [issuer.jwk()]}))
    if not identities.registry.exists():
        identities.reinstate()
    flags = ["--jwks", f"{ISSUER}={identities.keys}", "--registry", identities.registry, *flags]
    suite = DEPLOYMENTS[kind](directory / "suite", START, programmes=programmes, gateway_flags=flags)
    return suite, identities


@pytest.fixture(scope="module", params=DEPLOYMENTS)
def identities(request, tmp_path_factory, programmes):
    suite, made = deployed(request.param, tmp_path_factory.mktemp("identities"), programmes)
    with suite:
        made.world = World(suite, module_programme(__name__))
        yield made


def believed(caller):
    """Whether the gateway believes the caller; why not, when it does not."""
    try:
        caller.call("ReviewService/ListExperts")
    except CallError as error:
        if error.code == UNAUTHENTICATED:
            return error.reason
    return "believed"


def test_a_token_is_believed_when_a_published_key_signed_it(identities):
    assert believed(identities.caller(sub="m", roles=["ministry"])) == "believed"
    assert believed(identities.caller(sub="m", roles=["ministry"], iss="https://other.example")) == "TOKEN_WRONG_ISSUER"
    assert believed(identities.caller(sub="m", roles=["ministry"], header={"kid": "2024"})) == "TOKEN_SIGNATURE_WRONG"
    assert believed(identities.caller(sub="m", roles=["ministry"], header={"alg": "HS256"})) == "TOKEN_SIGNATURE_WRONG"
    assert believed(identities.world.ministry) == "believed", "a token of jiebangctl's is, as ever"


def test_keys_change_while_the_gateway_runs(identities):
    old, following = identities.issuer, RsaIssuer(identities.directory, ISSUER, "2024")
    before, after = identities.caller(sub="m", roles=["ministry"]), following.token(sub="m", roles=["ministry"])
    after = Caller(identities.world.suite.client, (("authorization", f"Bearer {after}"),))
    assert (believed(before), believed(after)) == ("believed", "TOKEN_SIGNATURE_WRONG")
    replace(identities.keys, json.dumps({"keys": [old.jwk(), following.jwk()]}))
    wait_until(lambda: believed(after) == "believed", "the new key", 10)
    assert believed(before) == "believed"
    replace(identities.keys, "spoilt {")  # what holds goes on
    replace(identities.registry, REGISTRY + 'platforms { id: "another" }')
    replace(identities.keys, json.dumps({"keys": [following.jwk()]}))
    wait_until(lambda: believed(before) == "TOKEN_SIGNATURE_WRONG", "the end of the old key", 10)
    replace(identities.keys, json.dumps({"keys": [old.jwk()]}))
    wait_until(lambda: believed(before) == "believed", "the old key again", 10)


REVOCATIONS = ['token_ids: "jti-1"', 'subjects { subject: "watcher" }', 'key_ids: "2023"']


@pytest.mark.parametrize("revocation", REVOCATIONS)
def test_what_is_revoked_is_over_within_seconds_for_streams_too(identities, revocation):
    watcher = identities.caller(sub="watcher", roles=["ministry"], jti="jti-1")
    assert believed(watcher) == "believed"
    with watcher.watch("ApplicationService/WatchEvents", timeout=60) as stream:
        identities.revoke(revocation)
        with pytest.raises(CallError) as ended:
            for _ in stream:
                pass
    assert ended.value.code == grpc.StatusCode.UNAVAILABLE, "not at the stream's own end"
    assert believed(watcher) == "CREDENTIAL_REVOKED"
    if "key_ids" not in revocation:
        assert believed(identities.caller(sub="somebody", roles=["ministry"], jti="jti-2")) == "believed"
    identities.reinstate()
    wait_until(lambda: believed(watcher) == "believed", "the end of the revocation", 10)


def test_a_platform_acts_for_an_enterprise_of_its_region_and_the_trail_names_both(identities):
    uscc = make_uscc("acted for", JIANGSU)
    caller = Traced(identities.platform(uscc))
    Enterprise(caller, uscc, "p", JIANGSU).register("示例企业", JIANGSU)
    registered = lambda event: event.trace_id == caller.trace_id
    event = seen(identities.world.suite.auditor(), APPLICATION, registered)[1]
    assert (event.actor, event.on_behalf_of) == (PLATFORM, f"applicants/{uscc}")
    assert identities.world.suite.applicant(uscc).call("ApplicationService/GetApplicant", name=f"applicants/{uscc}")
    # For this one it does nothing for another one, and nothing as the unit that it is by itself.
    other = make_uscc("not named", JIANGSU)
    with refused(PERMISSION_DENIED, "NOT_OWNER"):
        Enterprise(identities.platform(uscc), other, "p", JIANGSU).register("示例企业", JIANGSU)


def test_a_platform_acts_for_no_enterprise_elsewhere(identities):
    uscc = make_uscc("elsewhere", ZHEJIANG)
    caller = Traced(identities.platform(uscc))
    with refused(PERMISSION_DENIED, "NOT_IN_REGION"):
        Enterprise(caller, uscc, "p", ZHEJIANG).register("示例企业", ZHEJIANG)
    event = recorded(identities.world, APPLICATION, caller)
    assert (event.actor, event.reason) == (PLATFORM, "NOT_IN_REGION")


def test_nobody_but_a_platform_acts_for_others(identities):
    uscc = make_uscc("acted for by anybody", JIANGSU)
    header = ("jiebang-on-behalf-of", f"applicants/{uscc}")
    client = identities.world.suite.client
    for caller in (
        identities.caller(header, sub="unit-x", roles=["unit"], unit=JIANGSU),
        identities.caller(header, sub="m", roles=["ministry"]),
        Caller(client, (header,)),
    ):
        with refused(PERMISSION_DENIED, "ON_BEHALF_OF_NOT_ALLOWED"):
            caller.call("ApplicationService/GetApplicant", name=f"applicants/{uscc}")
    for malformed in ("applicants/-", uscc, f"applicants/{uscc}/objects/x", "a" * 500):
        caller = identities.caller(("jiebang-on-behalf-of", malformed), sub=PLATFORM, roles=["unit"], unit=JIANGSU)
        with refused(INVALID_ARGUMENT, "ON_BEHALF_OF_MALFORMED"):
            caller.call("ApplicationService/GetApplicant", name=f"applicants/{uscc}")


def test_headers_that_anybody_can_send_say_nothing(identities):
    certificate = ClientCertificate(identities.directory, "mallory")
    principal = b"\x0a\x08ministry\x12\x01\x05"
    for header in (
        ("jiebang-principal-bin", principal),
        ("jiebang-principal-bin", b"\x00" * 32 + principal),
        ("x-client-cert", certificate.header),
    ):
        caller = Caller(identities.world.suite.client, (header, ("x-forwarded-for", "10.0.0.1")))
        with refused(UNAUTHENTICATED, "CREDENTIALS_MISSING"):
            caller.call("ReviewService/ListExperts")
    # Beside credentials of one's own they change nothing either.
    unit = identities.caller(("jiebang-principal-bin", principal), ("x-forwarded-for", "203.0.113.5"), sub="u", roles=["unit"], unit=JIANGSU)
    traced = Traced(unit)
    with refused(PERMISSION_DENIED, "ROLE_NOT_ALLOWED"):
        traced.call("ReviewService/DecideRound")
    assert recorded(identities.world, "ReviewService", traced).source_address == HERE


@pytest.fixture(scope="module")
def behind_proxy(tmp_path_factory, programmes):
    """A deployment that takes the tests for its proxy, and the certificate of the platform."""
    directory = tmp_path_factory.mktemp("behind-proxy")
    certificate = ClientCertificate(directory, "platform")
    pinned = REGISTRY.replace("roles:", f'certificates {{ spki_sha256: "{certificate.spki_sha256}" }} roles:')
    (directory / "registry.textproto").write_text(pinned, encoding="utf-8")
    suite, made = deployed("one-process", directory, programmes, "--trusted-proxy", "127.0.0.0/8")
    with suite:
        made.world = World(suite, module_programme(__name__))
        yield made, certificate


def test_a_trusted_proxy_is_believed_about_address_and_certificate(behind_proxy):
    identities, certificate = behind_proxy
    client = identities.world.suite.client
    headers = (("x-client-cert", certificate.header), ("x-forwarded-for", "198.51.100.1, 203.0.113.5, 127.0.0.2"))
    traced = Traced(Caller(client, headers))
    with refused(PERMISSION_DENIED, "ROLE_NOT_ALLOWED"):
        traced.call("ReviewService/DecideRound")
    event = recorded(identities.world, "ReviewService", traced)
    assert (event.actor, event.source_address) == (PLATFORM, "203.0.113.5")

    uscc = make_uscc("by certificate", JIANGSU)
    acting = Caller(client, (*headers, ("jiebang-on-behalf-of", f"applicants/{uscc}")))
    Enterprise(acting, uscc, "p", JIANGSU).register("示例企业", JIANGSU)

    stranger = ClientCertificate(identities.directory, "stranger")
    assert believed(Caller(client, (("x-client-cert", stranger.header),))) == "CERTIFICATE_UNKNOWN"
    assert believed(Caller(client, (("x-client-cert", "x"),))) == "CERTIFICATE_UNREADABLE"
    assert believed(Caller(client, (("x-client-cert", ""),))) == "CREDENTIALS_MISSING"


def test_the_registry_of_the_docs_is_one(tmp_path, programmes):
    docs = (ROOT / "docs/identity.md").read_text(encoding="utf-8")
    example = re.search(r"(?ms)^    platforms \{.*?^    revocations.*?^    \}", docs)[0]
    pem = re.search(r'(?ms)^      (keys \{ kid: "js-2026" pem.*?\})$', docs)[1].replace("js-2026", "js-2027")
    text = textwrap.dedent(example).replace("hmac_keys", f"{pem}\n  hmac_keys", 1)
    (tmp_path / "registry.textproto").write_text(text, encoding="utf-8")
    (tmp_path / "js-hmac-2026").write_text("0" * 64 + "\n")
    suite, _ = deployed("one-process", tmp_path, programmes)
    with suite:
        assert suite.nobody().call("ApplicationService/ListProgrammes").names


VECTORS = [
    ("sha256", "POST", "/v1/units", "view=FULL&page_size=5", b'{"name":"units/320000"}', "applicants/91320594MA1MYA2Q2J"),
    ("sha256", "GET", "/v1/quotas", "b=2&a=1&c&b=1", b"", ""),
    ("sm3", "POST", "/v1/units", "view=FULL&page_size=5", b'{"name":"units/320000"}', "applicants/91320594MA1MYA2Q2J"),
    ("sm3", "GET", "/v1/quotas", "b=2&a=1&c&b=1", b"", ""),
]


def test_the_example_of_the_docs_signs_as_their_vectors_say(monkeypatch):
    docs = (ROOT / "docs/identity.md").read_text(encoding="utf-8")
    example = re.search(r"(?ms)^    import base64.*?(?=^`jiebangctl)", docs)[0]
    names = {}
    exec(textwrap.dedent(example), names)  # the integrators' code, which stands in the docs
    monkeypatch.setattr("time.time", lambda: 1693000000.5)
    monkeypatch.setattr("secrets.token_hex", lambda _: "3f1c9a7be24d4c0f")
    published = re.findall(r"(?m)`((?:sha-256|sm3)=:[^`]+)` \| `([^`]+)` \|$", docs)
    made = []
    for algorithm, verb, path, query, body, on_behalf_of in VECTORS:
        secret = b"jiebang-test-secret-0123456789abcdef"
        headers = names["signed"](secret, "jiangsu-2023", verb, path, query, body, on_behalf_of, algorithm)
        made.append((headers["content-digest"], headers["jiebang-signature"]))
    assert made == published
