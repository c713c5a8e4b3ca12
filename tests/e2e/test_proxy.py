"""nginx in front of the gateway with the configuration that is shipped (deploy/proxy): what goes through it, what it says of
the caller, and what it keeps out."""

import json
import subprocess
import threading
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import grpc
import pytest
from conftest import START, module_programme
from jiebang_client import CallError, EmbeddedSuite
from jiebang_client.certificates import Authority
from jiebang_client.client import Client
from jiebang_client.proxy import Proxy
from jiebang_client.redis_server import free_port
from jiebang_client.world import JIANGSU, World
from refusals import UNAVAILABLE
from test_events import WATCH

BATCH = "MaturityService/EvaluateBatch"
SPOOFED = {"x-client-cert": "-----BEGIN%20CERTIFICATE-----", "x-forwarded-for": "192.0.2.1", "x-real-ip": "192.0.2.1"}


class Certificates:
    def __init__(self, directory):
        self.directory = directory
        self.authority = Authority(directory, "authority")
        self.platforms = Authority(directory, "platforms")
        self.proxy = self.authority.issue("proxy")
        self.platform = self.platforms.issue("platform", subject="/O=江苏省/CN=platform")
        self.stranger = Authority(directory / "strangers", "platforms").issue("platform")

    def client(self, address, own=None):
        root = self.authority.certificate.read_bytes()
        shown = {"private_key": own.key.read_bytes(), "certificate_chain": own.certificate.read_bytes()} if own else {}
        return Client(address, grpc.ssl_channel_credentials(root, **shown))

    def curl(self, address, *options, own=None, path="/v1/units"):
        """The status and the body of what curl was answered; the status is 0 when there was no answer."""
        argv = ["curl", "--silent", "--noproxy", "*", "--cacert", self.authority.certificate, "--write-out", "\n%{http_code}"]
        argv += ["--cert", own.certificate, "--key", own.key] if own else []
        done = subprocess.run([*map(str, argv), *options, f"https://{address}{path}"], capture_output=True, timeout=30)
        body, _, status = done.stdout.decode().rpartition("\n")
        return int(status), body


class Recorder(grpc.GenericRpcHandler):
    """Stands where the gateway is, for what the gateway does not tell: the headers that reach it."""

    def __init__(self):
        self.metadata = {}
        self._server = grpc.server(ThreadPoolExecutor(4), handlers=[self])
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"

    def service(self, details):
        self.metadata = dict(details.invocation_metadata)
        return grpc.unary_unary_rpc_method_handler(lambda request, context: request)

    def __enter__(self):
        self._server.start()
        return self

    def __exit__(self, *_):
        self._server.stop(None)


class HttpRecorder(ThreadingHTTPServer):
    """The same for the HTTP port; answers with the headers that it was sent."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.do_GET()

        def do_GET(self):
            body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Says nothing."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.address = f"127.0.0.1:{self.server_port}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def http_upstream():
    return f"127.0.0.1:{free_port()}"


@pytest.fixture(scope="module")
def suite(tmp_path_factory, programmes, http_upstream):
    # More streams of one caller than the proxy lets through of one address.
    flags = ["--http", http_upstream, "--max-caller-streams", "512"]
    with EmbeddedSuite(tmp_path_factory.mktemp("suite"), START, programmes=programmes, gateway_flags=flags) as started:
        yield started


@pytest.fixture(scope="module")
def proxy(tmp_path_factory, certificates, suite, http_upstream):
    directory = tmp_path_factory.mktemp("proxy")
    with Proxy(directory, certificates.proxy, certificates.platforms, suite.address, http_upstream) as started:
        yield started


@pytest.fixture(scope="module")
def recorded(tmp_path_factory, certificates):
    """A proxy before a recorder of each kind."""
    with Recorder() as calls, HttpRecorder() as requests:
        directory = tmp_path_factory.mktemp("recorded")
        with Proxy(directory, certificates.proxy, certificates.platforms, calls.address, requests.address) as started:
            started.calls = calls
            yield started


@pytest.fixture
def world(suite):
    return World(suite, module_programme(__name__))


def test_nginx_takes_the_configuration(proxy):
    done = subprocess.run([*map(str, proxy.argv), "-t"], capture_output=True, text=True)
    assert done.returncode == 0 and "warn" not in done.stderr, done.stderr


def test_calls_go_through(proxy, certificates, suite):
    with certificates.client(proxy.grpc_address) as client:
        assert client.serving()
        token = suite.token(sub="ministry", roles=["ministry"])
        assert client.caller(token).call("QuotaService/ListUnits") is not None


def test_a_refusal_keeps_its_details(proxy, certificates, suite):
    with certificates.client(proxy.grpc_address) as client, pytest.raises(CallError) as refused:
        client.caller(suite.token(sub="ministry", roles=["ministry"])).call("QuotaService/GetUnit", name="units/999999")
    assert refused.value.reason == "UNIT_NOT_FOUND"


@pytest.mark.parametrize("version", ["--http1.1", "--http2"])
def test_json_goes_through(proxy, certificates, version):
    status, body = certificates.curl(proxy.http_address, version, path="/v1/programmes")
    assert status == 200 and json.loads(body)["names"]


def test_a_watch_stays_open_and_tells_at_once(proxy, certificates, suite, world):
    world.filed(JIANGSU)
    with certificates.client(proxy.grpc_address) as client:
        with client.caller(suite.token(sub="ministry", roles=["ministry"])).watch(WATCH) as stream:
            next(stream)
            _, receipt = world.filed(JIANGSU)
            assert any(answer.entry.event.resource == receipt.application for answer in stream)


def test_a_bidirectional_stream_is_answered_while_it_is_sent(proxy, certificates, suite):
    answered = threading.Semaphore(0)

    def requests():
        for _ in range(20):
            yield {"model": "models/gbt39116-2020"}
            assert answered.acquire(timeout=10), "the answer waits for the end of the requests"

    with certificates.client(proxy.grpc_address) as client:
        token = suite.token(sub="ministry", roles=["ministry"])
        answers = 0
        for _ in client.caller(token).exchange(BATCH, requests()):
            answers += 1
            answered.release()
    assert answers == 20


@pytest.mark.parametrize("shows", [True, False])
def test_grpc_is_told_who_came_and_nothing_that_the_caller_says_of_it(recorded, certificates, shows):
    own = certificates.platform if shows else None
    with certificates.client(recorded.grpc_address, own) as client:
        client.call_bytes("/x.Y/Z", metadata=[*SPOOFED.items(), ("jiebang-on-behalf-of", "applicants/1")])
    told = recorded.calls.metadata
    certificate = urllib.parse.unquote(told.get("x-client-cert", ""))
    assert certificate == (own.certificate.read_text() if own else "")
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert "x-real-ip" not in told
    assert told["jiebang-on-behalf-of"] == "applicants/1"
    assert told["traceparent"].startswith("00-")


@pytest.mark.parametrize("shows", [True, False])
@pytest.mark.parametrize("version", ["--http1.1", "--http2"])
def test_http_is_told_the_same(recorded, certificates, shows, version):
    own = certificates.platform if shows else None
    spoofed = [part for name, value in SPOOFED.items() for part in ("--header", f"{name}: {value}")]
    status, body = certificates.curl(recorded.http_address, version, *spoofed, own=own)
    told = json.loads(body)
    assert status == 200
    assert urllib.parse.unquote(told.get("x-client-cert", "")) == (own.certificate.read_text() if own else "")
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert "x-real-ip" not in told


def test_the_trace_of_a_caller_is_kept_and_a_broken_one_is_replaced(recorded, certificates):
    trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    sent = lambda value: json.loads(certificates.curl(recorded.http_address, "--header", f"traceparent: {value}")[1])["traceparent"]
    assert sent(trace) == trace
    assert sent("00-0-0-0") != "00-0-0-0" and len(sent("00-0-0-0")) == len(trace)


def test_a_certificate_of_an_unknown_authority_is_refused(recorded, certificates):
    assert certificates.curl(recorded.http_address, own=certificates.stranger)[0] == 400
    with certificates.client(recorded.grpc_address, certificates.stranger) as client, pytest.raises(CallError):
        client.call_bytes("/x.Y/Z")


@pytest.mark.parametrize("port", ["grpc_address", "http_address"])
def test_nothing_below_tls_1_2_is_spoken(recorded, port):
    argv = ["openssl", "s_client", "-connect", getattr(recorded, port), "-cipher", "ALL:@SECLEVEL=0"]
    stands = lambda version: subprocess.run([*argv, version], stdin=subprocess.DEVNULL, capture_output=True).returncode == 0
    assert stands("-tls1_2") and stands("-tls1_3")
    assert not stands("-tls1_1") and not stands("-tls1")


def test_a_body_above_the_limit_is_refused(recorded, certificates, tmp_path):
    body = tmp_path / "body"
    body.write_bytes(b"x" * (4 << 20))
    assert certificates.curl(recorded.http_address, "--data-binary", f"@{body}")[0] == 200
    body.write_bytes(b"x" * ((4 << 20) + 1))
    status, said = certificates.curl(recorded.http_address, "--data-binary", f"@{body}")
    assert status == 413 and json.loads(said)["error"]["status"] == "OUT_OF_RANGE"


def test_a_header_above_the_limit_is_refused(recorded, certificates):
    status = lambda size: certificates.curl(recorded.http_address, "--http1.1", "--header", "x: " + "y" * size)[0]
    assert status(15_000) == 200
    assert status(17_000) == 400
    with certificates.client(recorded.grpc_address) as client, pytest.raises(CallError):
        client.call_bytes("/x.Y/Z", metadata=[("x", "y" * 17_000)])


def test_one_address_has_so_many_calls_under_way_and_no_more(proxy, certificates, suite):
    """256, streams included; the rest may come again."""
    token = suite.token(sub="ministry", roles=["ministry"])
    options = [("grpc.use_local_subchannel_pool", 1)]  # connections of their own: one has room for 128 streams
    root = grpc.ssl_channel_credentials(certificates.authority.certificate.read_bytes())
    with ExitStack() as ends:
        streams = []
        for _ in range(3):
            channel = ends.enter_context(grpc.secure_channel(proxy.grpc_address, root, options))
            call = channel.unary_stream("/jiebang.application.v1.ApplicationService/WatchEvents")
            streams += [call(b"", metadata=(("authorization", f"Bearer {token}"),), timeout=60) for _ in range(100)]
        ended = threading.Semaphore(0)
        for stream in streams:
            stream.add_callback(ended.release)
        for _ in range(300 - 256):
            assert ended.acquire(timeout=20), "more calls are under way than may be"
        assert not ended.acquire(timeout=1), "fewer calls are under way than may be"
        refused = [stream for stream in streams if not stream.is_active()]
        assert {stream.code() for stream in refused} == {grpc.StatusCode.RESOURCE_EXHAUSTED}
        for stream in streams:
            stream.cancel()


def test_a_gateway_that_is_not_there_is_said_so(tmp_path, certificates):
    with Proxy(tmp_path, certificates.proxy, certificates.platforms, "127.0.0.1:9") as proxy:
        status, said = certificates.curl(proxy.http_address)
        assert status == 503 and json.loads(said)["error"]["status"] == "UNAVAILABLE"
        with certificates.client(proxy.grpc_address) as client, pytest.raises(CallError) as refused:
            client.call_bytes("/x.Y/Z")
        assert refused.value.code == UNAVAILABLE
