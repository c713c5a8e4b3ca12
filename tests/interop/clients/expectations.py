"""What a refusal says, whichever way it came."""

import base64
from dataclasses import dataclass, field

import grpc
from google.protobuf import json_format

from jiebang_client import CallError, contracts


@dataclass
class Refused:
    code: str  # "NOT_FOUND"
    message: str
    reason: str = ""
    message_zh: str = ""
    violations: list = field(default_factory=list)
    retry: str = ""


def is_chinese(text):
    return any("\u4e00" <= symbol <= "\u9fff" for symbol in text)


def refusal_of_rpc(call):
    """What grpcio's call is refused with; AssertionError when it is not."""
    try:
        call()
    except grpc.RpcError as error:
        read = CallError("", error)
        return Refused(read.code.name, read.text, read.reason, read.text_zh, read.preconditions)
    raise AssertionError("it was not refused")


def _opened(detail):
    value = base64.b64decode(detail["value"] + "=" * (-len(detail["value"]) % 4), validate=True)
    return json_format.MessageToDict(contracts.message_class(detail["type"]).FromString(value))


def refusal_of_details(code, message, details):
    """What the details of a JSON error say, of AIP-193 (`@type`) and of Connect (`type`, `value` in base64) alike."""
    refused = Refused(code, message)
    for detail in details:
        kind = (detail.get("@type") or detail["type"]).rpartition(".")[2]
        said = detail if "@type" in detail else _opened(detail)
        if kind == "ErrorInfo":
            refused.reason = said["reason"]
        elif kind == "LocalizedMessage":
            refused.message_zh = said["message"]
        elif kind == "PreconditionFailure":
            refused.violations = said["violations"]
        elif kind == "BadRequest":
            refused.violations = said["fieldViolations"]
        elif kind == "RetryInfo":
            refused.retry = said["retryDelay"]
    return refused
