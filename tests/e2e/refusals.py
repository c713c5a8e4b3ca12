"""How tests say that something is refused, and that the refusal changed nothing."""

from contextlib import contextmanager

import grpc
import pytest

from jiebang_client import CallError

INVALID_ARGUMENT = grpc.StatusCode.INVALID_ARGUMENT
FAILED_PRECONDITION = grpc.StatusCode.FAILED_PRECONDITION
ABORTED = grpc.StatusCode.ABORTED
ALREADY_EXISTS = grpc.StatusCode.ALREADY_EXISTS
NOT_FOUND = grpc.StatusCode.NOT_FOUND
PERMISSION_DENIED = grpc.StatusCode.PERMISSION_DENIED
RESOURCE_EXHAUSTED = grpc.StatusCode.RESOURCE_EXHAUSTED
UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED
UNAVAILABLE = grpc.StatusCode.UNAVAILABLE
UNIMPLEMENTED = grpc.StatusCode.UNIMPLEMENTED


@contextmanager
def refused(code, reason):
    """The block ends with this refusal, told in both languages. What is yielded holds the CallError as `value`."""
    with pytest.raises(CallError) as caught:
        yield caught
    error = caught.value
    assert (error.code, error.reason) == (code, reason), error
    assert error.domain == "jiebang"
    assert error.text and error.text_zh, error
    assert any("\u4e00" <= symbol <= "\u9fff" for symbol in error.text_zh), error.text_zh


@contextmanager
def unchanged(read):
    """What `read()` answers is the same before and after the block."""
    before = read()
    yield
    assert read() == before
