"""TLS on the gateway's ports: what they speak, whom they let in, and certificates that change under them."""

import os
import re
import subprocess
from contextlib import ExitStack

import grpc
import pytest
from conftest import START, module_programme
from jiebang_client import CallError, EmbeddedSuite
from jiebang_client.certificates import Authority
from jiebang_client.client import Client
from jiebang_client.process import wait_until
from jiebang_client.redis_server import free_port
from jiebang_client.world import JIANGSU, World
from refusals import UNAVAILABLE
from test_events import WATCH

each_port = pytest.mark.parametrize("port", ["grpc", "http"])


class Tls:
    """A suite that speaks TLS on `address`, and plaintext on a socket of this machine for the tests' other callers."""

    def __init__(self, directory, programmes, asks_clients=True):
        self.directory = directory
        self.authority = Authority(directory, "authority")
        self.platforms = Authority(directory, "platforms")
        self.certificate, self.key = directory / "tls.crt", directory / "tls.key"
        self.serve(self.authority.issue("first"))
        self.address = f"127.0.0.1:{free_port()}"
        self.http_address = f"127.0.0.1:{free_port()}"
        flags = ["--listen", self.address, "--http", self.http_address, "--tls-cert", self.certificate, "--tls-key", self.key]
        flags += ["--tls-client-ca", self.platforms.certificate] if asks_clients else []
        self.suite = EmbeddedSuite(
            directory, START, programmes=programmes, address=f"unix:{directory}/gateway.sock", gateway_flags=flags
        )

    def serve(self, pair):
        """Puts the pair where the gateway looks, one file after the other, as a renewal does."""
        for source, target in ((pair.certificate, self.certificate), (pair.key, self.key)):
            draft = target.with_suffix(".draft")
            draft.write_bytes(source.read_bytes())
            os.replace(draft, target)

    def client(self, own=None, authority=None):
        """A client that trusts the authority and shows its own pair, if it has one."""
        root = (authority or self.authority).certificate.read_bytes()
        shown = {"private_key": own.key.read_bytes(), "certificate_chain": own.certificate.read_bytes()} if own else {}
        return Client(self.address, grpc.ssl_channel_credentials(root, **shown))

    def look(self, *options, port="grpc"):
        """What openssl's client sees, and whether the handshake stood."""
        address, protocol = {"grpc": (self.address, "h2"), "http": (self.http_address, "http/1.1")}[port]
        argv = ["openssl", "s_client", "-connect", address, "-alpn", protocol, *map(str, options)]
        done = subprocess.run(argv, capture_output=True, timeout=20, stdin=subprocess.DEVNULL)
        return done.returncode == 0, (done.stdout + done.stderr).decode(errors="replace")

    def shown_subject(self, port="grpc"):
        return re.search(r"subject=.*CN = (\S+)", self.look(port=port)[1])[1]

    def curl(self, own=None):
        """The HTTP status that curl was answered on the HTTP port, 0 when there was no answer."""
        argv = ["curl", "--silent", "--noproxy", "*", "--cacert", self.authority.certificate, "--write-out", "%{http_code}"]
        argv += ["--cert", own.certificate, "--key", own.key] if own else []
        argv += ["--output", self.directory / "answer", f"https://{self.http_address}/v1/programmes"]
        return int(subprocess.run(list(map(str, argv)), capture_output=True, timeout=20).stdout)

    def log(self):
        return (self.directory / "jiebang.log").read_text()


@pytest.fixture(scope="module")
def tls(tmp_path_factory, programmes):
    started = Tls(tmp_path_factory.mktemp("tls"), programmes)
    with started.suite:
        yield started


@pytest.fixture
def world(tls):
    return World(tls.suite, module_programme(__name__))


def test_calls_and_streams_go_through_while_the_certificate_changes(tls, world):
    token = tls.suite.token(sub="ministry", roles=["ministry"])
    world.filed(JIANGSU)
    with ExitStack() as ends:
        before = ends.enter_context(tls.client())
        stream = ends.enter_context(before.caller(token).watch(WATCH, timeout=60))
        seen = next(stream)

        tls.serve(tls.authority.issue("second"))
        wait_until(lambda: tls.shown_subject() == "second", "the second certificate on new connections")
        assert ends.enter_context(tls.client()).serving()

        _, receipt = world.filed(JIANGSU)
        assert any(answer.entry.event.resource == receipt.application for answer in stream)
        assert seen.entry.event.resource != receipt.application


def test_a_key_that_does_not_fit_is_kept_out(tls):
    tls.serve(tls.authority.issue("good"))
    wait_until(lambda: tls.shown_subject() == "good", "the good certificate")
    tls.key.write_bytes(tls.authority.issue("other").key.read_bytes())
    wait_until(lambda: "keeps its TLS certificate: The TLS key is not the key of the certificate" in tls.log(), "a word of it")
    assert tls.shown_subject() == "good"
    with tls.client() as client:
        assert client.serving()
    tls.serve(tls.authority.issue("next"))
    wait_until(lambda: tls.shown_subject() == "next", "the next certificate")


@each_port
@pytest.mark.parametrize("version", ["-tls1_2", "-tls1_3"])
def test_it_speaks_tls_from_1_2_on(tls, version, port):
    stood, said = tls.look(version, port=port)
    assert stood and "ALPN protocol: h" in said, said


@each_port
@pytest.mark.parametrize("version", ["-tls1", "-tls1_1"])
def test_it_speaks_nothing_older(tls, version, port):
    # Security level 0, else openssl itself would not offer it.
    stood, said = tls.look(version, "-cipher", "ALL:@SECLEVEL=0", port=port)
    assert not stood and "Cipher is (NONE)" in said, said


@each_port
@pytest.mark.parametrize("cipher", ["ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-CCM", "ECDHE-ECDSA-CHACHA20-POLY1305"])
def test_it_speaks_no_cipher_that_is_not_on_the_list(tls, cipher, port):
    stood, said = tls.look("-tls1_2", "-cipher", cipher, port=port)
    assert not stood and "Cipher is (NONE)" in said, said


@each_port
@pytest.mark.parametrize("cipher", ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384"])
def test_it_speaks_the_ciphers_of_the_list(tls, cipher, port):
    stood, said = tls.look("-tls1_2", "-cipher", cipher, port=port)
    assert stood and f"Cipher is {cipher}" in said, said


def test_a_client_that_shows_no_certificate_is_let_in(tls):
    assert "Acceptable client certificate CA names\nCN = platforms" in tls.look("-tls1_2")[1]
    with tls.client() as client:
        assert client.serving()


def test_a_client_certificate_is_verified(tls):
    with tls.client(own=tls.platforms.issue("platform")) as client:
        assert client.serving()
    strangers = Authority(tls.directory / "strangers", "platforms")  # of the same name, with another key
    with tls.client(own=strangers.issue("platform")) as client, pytest.raises(CallError) as refused:
        client.caller().call("Health/Check", timeout=5)
    assert refused.value.code == UNAVAILABLE


def test_the_http_port_takes_up_a_certificate_and_verifies_those_of_clients(tls):
    tls.serve(tls.authority.issue("third"))
    wait_until(lambda: tls.shown_subject(port="http") == "third", "the third certificate on the HTTP port")
    assert tls.curl() == 200
    # TLS takes it; that no platform is registered with it is said in HTTP.
    assert tls.curl(own=tls.platforms.issue("platform")) == 401
    assert tls.curl(own=Authority(tls.directory / "strangers", "platforms").issue("platform")) == 0


def test_without_an_authority_no_client_is_asked_for_a_certificate(tmp_path, programmes):
    tls = Tls(tmp_path, programmes, asks_clients=False)
    with tls.suite, tls.client(own=tls.platforms.issue("platform")) as client:
        assert client.serving()
        assert "No client certificate CA names sent" in tls.look("-tls1_2")[1]


def test_plaintext_is_not_answered(tls):
    with Client(tls.address) as client:
        assert not client.serving(timeout=1)
