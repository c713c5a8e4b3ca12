"""Every method x every kind of caller x every way in which a resource can be one's own or somebody else's.

What is expected is worked out from the contracts' options in Python (jiebang_client.policy); what is answered comes over the
wire. `ask_all` brings both together.
"""

import itertools
import json
import re
import time
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import grpc
from google.protobuf import json_format

from jiebang_client import CallError, contracts
from jiebang_client.http_client import HttpCaller
from jiebang_client.policy import COLLECTIONS
from jiebang_client.smallest import smallest
from jiebang_client.uscc import make_uscc
from jiebang_client.world import JIANGSU, ZHEJIANG
from refusals import PERMISSION_DENIED, UNAUTHENTICATED

OWN = {"applicants": make_uscc("policy own"), "units": JIANGSU, "experts": "expert-own"}
FOREIGN = {"applicants": make_uscc("policy foreign"), "units": ZHEJIANG, "experts": "expert-foreign"}
WILDCARD = dict.fromkeys(OWN, "-")
OWNERSHIPS = {"own": OWN, "foreign": FOREIGN, "wildcard": WILDCARD}
OTHER_IDS = {"kpiReports": "2023", "revisions": "1", "programmes": "e2e-policy-matrix"}
OTHER_ID = "a1"

# So many calls are under way at once.
_AT_ONCE = 200
# A stream that has not ended after this was let in; one that should have been refused is given all the time it takes.
_STREAM_GOES_ON_SECONDS = 1.5
_PATIENCE_SECONDS = 30

ALLOWED = None


@dataclass(frozen=True)
class Caller:
    """Who asks. `never`: the refusal, as (code, reason), of somebody who is not believed whatever he asks."""

    name: str
    roles: tuple
    metadata: tuple
    never: tuple = None

    def owns(self, policy, target):
        """The collections in which the target has an id of this caller's."""
        return {COLLECTIONS[role] for role in self.roles if role in COLLECTIONS} & target.own

    def refusal(self, policy, target):
        """What the contracts say that he is refused with, or ALLOWED."""
        if self.never:
            return self.never
        if not policy.admits(self.roles):
            return (PERMISSION_DENIED, "ROLE_NOT_ALLOWED") if self.roles else (UNAUTHENTICATED, "CREDENTIALS_MISSING")
        if not policy.allows(self.roles, self.owns(policy, target)):
            return PERMISSION_DENIED, "NOT_OWNER"
        return ALLOWED


@dataclass(frozen=True)
class Target:
    """A resource name, and the collections in which it has the id that is `OWN`."""

    ownership: str  # "own", "foreign", "units own, applicants wildcard", "own and foreign at once"
    name: str
    own: frozenset


def targets(policy):
    """Every way in which the ids of owners in the resource can be one's own."""
    segments = policy.shape.split("/")
    collections = [segment for segment in segments if segment in OWN]
    for choice in itertools.product(OWNERSHIPS, repeat=len(collections)):
        chosen = dict(zip(collections, choice))
        same = len(set(choice)) <= 1
        yield Target(
            ownership=(choice[0] if choice else "nobody's") if same else ", ".join(f"{of} {how}" for of, how in chosen.items()),
            name=_name(segments, {of: OWNERSHIPS[how][of] for of, how in chosen.items()}),
            own=frozenset(of for of, how in chosen.items() if how == "own"),
        )
    if collections:
        both = "/".join(f"{of}/{ids[of]}" for ids in (OWN, FOREIGN) for of in collections)
        yield Target("own and foreign at once", both, frozenset())


def _name(segments, owners):
    ids = OTHER_IDS | owners
    return "/".join(ids.get(before, OTHER_ID) if segment == "*" else segment for before, segment in zip(["", *segments], segments))


@dataclass(frozen=True)
class Cell:
    """One question of the matrix."""

    policy: object
    caller: Caller
    target: Target

    @property
    def expected(self):
        return self.caller.refusal(self.policy, self.target)

    def __str__(self):
        return f"{self.policy.name} for {self.caller.name} on {self.target.ownership} ({self.target.name})"


def cells(policies, callers):
    return [Cell(policy, caller, target) for policy in policies for target in targets(policy) for caller in callers]


def ask_all(channel, asked):
    """The answers of the cells over this channel: for each (code, reason), (OK, "") where it succeeds or goes on."""
    answers = {}
    in_turn = sorted(asked, key=lambda cell: cell.policy.answers_stream)  # streams together, because they are waited for
    for first in range(0, len(in_turn), _AT_ONCE):
        under_way = [_Question(channel, cell) for cell in in_turn[first : first + _AT_ONCE]]
        answers |= {question.cell: question.answer() for question in under_way}
    return answers


def ask_all_over_http(address, asked, spelled):
    """The same at the HTTP port, for methods that do not stream. `spelled`: by_connect or by_rest."""
    by_caller = {}
    for cell in asked:
        if not (cell.policy.requests_stream or cell.policy.answers_stream):
            by_caller.setdefault(cell.caller, []).append(cell)
    with ThreadPoolExecutor(len(by_caller)) as pool:
        answers = pool.map(lambda each: _ask_over_http(address, *each, spelled), by_caller.items())
        return {cell: answer for found in answers for cell, answer in found.items()}


def _ask_over_http(address, caller, asked, spelled):
    # What is binary in gRPC's metadata is base64 in a header.
    headers = [(key, b64encode(value).decode() if isinstance(value, bytes) else value) for key, value in caller.metadata]
    http = HttpCaller(address, headers)
    answers = {}
    for cell in asked:
        verb, path, body = spelled(cell)
        answer = http.ask(verb, path, body, **({"content_type": "application/json"} if body else {}))
        refusal = None if answer.status == 200 else answer.refusal
        answers[cell] = (grpc.StatusCode[refusal.code], refusal.reason) if refusal else (grpc.StatusCode.OK, "")
    http.close()
    return answers


def by_connect(cell):
    """Readings with GET, changes with POST."""
    path, said = contracts.method(cell.policy.name).path, json_format.MessageToJson(_request(cell))
    if cell.policy.writes:
        return "POST", path, said.encode()
    return "GET", f"{path}?connect=v1&encoding=json&message={quote(said)}", b""


def by_rest(cell):
    """As the method's google.api.http rule says: what the path does not hold is in the body or in the query."""
    service, _, name = cell.policy.name.partition("/")
    rule = contracts.option(contracts.services()[service].methods_by_name[name], "google.api.http")
    verb = rule.WhichOneof("pattern")
    left = json_format.MessageToDict(_request(cell), preserving_proto_field_name=True)
    path = re.sub(r"\{([^}=]+)(?:=([^}]*))?\}", lambda bound: _bound(left, *bound.groups(), cell.target.name), getattr(rule, verb))
    body = left if rule.body == "*" else left.pop(rule.body, {}) if rule.body else None
    query = urlencode({} if rule.body == "*" else left, doseq=True)
    return verb.upper(), f"{path}?{query}" if query else path, b"" if body is None else json.dumps(body).encode()


def _bound(left, field, shape, name):
    """What the path says of a field: its value, or where it is not set the part of the target's name that has this shape."""
    value = _take(left, field)
    if value == 0 and shape:
        value = "/".join(name.split("/")[: len(shape.split("/"))])
    return quote(str(value))


def _take(message, path):
    """Removes the field at the dotted path; its value, or 0 where it is not set."""
    *parents, last = path.split(".")
    for parent in parents:
        message = message[parent]
    return message.pop(last, 0)


def _request(cell):
    fields = {cell.policy.named_by: cell.target.name} if cell.policy.named_by else {}
    return smallest(contracts.method(cell.policy.name).request, **fields)


class _Question:
    """One cell, asked with the smallest request that the limits let pass, so that nothing but the policy is in its way."""

    def __init__(self, channel, cell):
        self.cell = cell
        self._began = time.monotonic()
        method = contracts.method(cell.policy.name)
        request = _request(cell)
        kind = "_".join("stream" if streams else "unary" for streams in (cell.policy.requests_stream, cell.policy.answers_stream))
        stub = getattr(channel, kind)(
            method.path,
            request_serializer=method.request.SerializeToString,
            response_deserializer=method.response.FromString,
        )
        begin = stub if cell.policy.answers_stream else stub.future
        asked = iter((request,)) if cell.policy.requests_stream else request
        self._call = begin(asked, metadata=cell.caller.metadata, timeout=_PATIENCE_SECONDS)

    def answer(self):
        try:
            error = self._call.exception(timeout=self._patience())
        except grpc.FutureTimeoutError:
            self._call.cancel()
            return grpc.StatusCode.OK, ""
        if error is None:
            return grpc.StatusCode.OK, ""
        refused = CallError(self.cell.policy.name, error)
        return refused.code, refused.reason

    def _patience(self):
        if self.cell.policy.answers_stream and self.cell.expected is ALLOWED:
            return max(0.01, self._began + _STREAM_GOES_ON_SECONDS - time.monotonic())
        return _PATIENCE_SECONDS
