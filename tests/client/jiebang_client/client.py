"""Calls by name over one channel: `caller.call("QuotaService/GetQuota", name="programmes/...")`."""

from contextlib import contextmanager

import grpc

from jiebang_client import contracts
from jiebang_client.errors import CallError

_OPTIONS = (
    # A test of our own must not meet a proxy of the machine, nor a limit of this client before the server's.
    ("grpc.enable_http_proxy", 0),
    ("grpc.max_send_message_length", -1),
    ("grpc.max_receive_message_length", -1),
    ("grpc.initial_reconnect_backoff_ms", 50),
    ("grpc.max_reconnect_backoff_ms", 200),
)


class Client:
    """A connection to a gateway. May be shared by threads."""

    def __init__(self, address, credentials=None):
        """`credentials`: grpc.ssl_channel_credentials(...); without them it speaks plaintext."""
        self.address = address
        if credentials:
            self._channel = grpc.secure_channel(address, credentials, options=_OPTIONS)
        else:
            self._channel = grpc.insecure_channel(address, options=_OPTIONS)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._channel.close()

    def caller(self, token=None):
        """Somebody who calls with this bearer token; without one: anybody."""
        return Caller(self, (("authorization", f"Bearer {token}"),) if token else ())

    def call_bytes(self, path, request=b"", metadata=(), timeout=20):
        """A call of any path with any bytes, for what the contracts do not allow."""
        stub = self._channel.unary_unary(path)
        try:
            return stub(request, metadata=metadata, timeout=timeout)
        except grpc.RpcError as error:
            raise CallError(path, error) from None

    def serving(self, service="", timeout=2):
        """Whether gRPC's health check says SERVING; False when nobody answers in time."""
        try:
            # gRPC gives up at once while it waits to connect again, and does not connect while nobody waits.
            answer = self.caller().start("Health/Check", service=service, timeout=timeout, wait_for_ready=True).result()
        except CallError:
            return False
        return answer.status == answer.SERVING


class Caller:
    """Somebody who calls."""

    def __init__(self, client, metadata):
        self.client = client
        self.metadata = metadata

    def call(self, name, /, *, timeout=30, **fields):
        """Makes the call `<service>/<method>` with the request's fields; dicts stand for messages. CallError."""
        return self.start(name, timeout=timeout, **fields).result()

    def start(self, name, /, *, timeout=30, wait_for_ready=False, **fields):
        """As `call`, without waiting for the answer, which `result()` of what is returned is."""
        method = contracts.method(name)
        stub = self.client._channel.unary_unary(
            method.path,
            request_serializer=method.request.SerializeToString,
            response_deserializer=method.response.FromString,
        )
        request = method.request(**fields)
        return _Running(
            name, stub.future(request, metadata=self.metadata, timeout=timeout, wait_for_ready=wait_for_ready)
        )

    def pages(self, name, items, /, **fields):
        """All items of a list method, page after page."""
        token = ""
        while True:
            page = self.call(name, page_token=token, **fields)
            yield from getattr(page, items)
            token = page.next_page_token
            if not token:
                return

    @contextmanager
    def watch(self, name, /, *, timeout=30, **fields):
        """The answers of a streaming method, until the block is left. The stream ends with a CallError after `timeout`."""
        method = contracts.method(name)
        stub = self.client._channel.unary_stream(
            method.path,
            request_serializer=method.request.SerializeToString,
            response_deserializer=method.response.FromString,
        )
        stream = stub(method.request(**fields), metadata=self.metadata, timeout=timeout)
        try:
            yield _answers(name, stream)
        finally:
            stream.cancel()

    def collect(self, name, /, requests, *, timeout=60):
        """The one answer of a method whose requests are a stream. CallError."""
        method = contracts.method(name)
        stub = self.client._channel.stream_unary(
            method.path,
            request_serializer=method.request.SerializeToString,
            response_deserializer=method.response.FromString,
        )
        try:
            return stub((method.request(**fields) for fields in requests), metadata=self.metadata, timeout=timeout)
        except grpc.RpcError as error:
            raise CallError(name, error) from None

    def exchange(self, name, /, requests, *, timeout=60):
        """The answers of a method whose requests and answers are both streams; `requests`: dicts, sent as they are asked for."""
        method = contracts.method(name)
        stub = self.client._channel.stream_stream(
            method.path,
            request_serializer=method.request.SerializeToString,
            response_deserializer=method.response.FromString,
        )
        stream = stub((method.request(**fields) for fields in requests), metadata=self.metadata, timeout=timeout)
        try:
            yield from _answers(name, stream)
        finally:
            stream.cancel()  # who looks at no further answers has cut the stream


class _Running:
    def __init__(self, name, future):
        self._name = name
        self._future = future

    def result(self):
        try:
            return self._future.result()
        except grpc.RpcError as error:
            raise CallError(self._name, error) from None


def _answers(name, stream):
    try:
        yield from stream
    except grpc.RpcError as error:
        raise CallError(name, error) from None
