"""Who may call what, read from the contracts' options and from nothing else: what is tested has no part in it.

`methods()` has a `Policy` for every method of the suite. An owner (an applicant, a unit, an expert) may act on a resource whose
name has its own id in its own collection; the other roles may act on all; `public` means everybody.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from jiebang_client import contracts

# The collection in which an owner's id stands.
COLLECTIONS = {"applicant": "applicants", "unit": "units", "expert": "experts"}
_NO_SIDE_EFFECTS = 1  # google.protobuf.MethodOptions.IdempotencyLevel
_URGENCY_DECISION = 1


@dataclass(frozen=True)
class Policy:
    name: str  # "jiebang.quota.v1.QuotaService/GetQuota"
    roles: tuple  # who may call: ("unit", "ministry", "service")
    resource: str  # the field of the request by which owners are told, "" for none
    named_by: str  # the field that names what is acted on: `resource`, or without one what the HTTP path names; "" for none
    shape: str  # how that name looks: "programmes/*/units/*/tracks/*/quota"
    resource_free: bool
    writes: bool
    decides: bool
    requests_stream: bool
    answers_stream: bool

    @property
    def service(self):
        return self.name.partition("/")[0]

    @property
    def method(self):
        return self.name.partition("/")[2]

    @property
    def is_public(self):
        return "public" in self.roles

    def admits(self, roles):
        """Whether somebody of these roles may call at all."""
        return self.is_public or not set(self.roles).isdisjoint(roles)

    def allows(self, roles, owned):
        """Whether somebody of these roles may act on a resource that has his own id in the collections `owned`."""
        if self.is_public or (self.resource_free and self.admits(roles)):
            return True
        return any(role not in COLLECTIONS or COLLECTIONS[role] in owned for role in set(roles) & set(self.roles))


def _policy(method):
    options = contracts.option(method, "jiebang.options.v1.policy")
    bound = _bound(method)
    named_by = options.resource or next(iter(bound), "")
    role_names = contracts.enum_type("jiebang.options.v1.Role").values_by_number
    return Policy(
        name=f"{method.containing_service.full_name}/{method.name}",
        roles=tuple(role_names[number].name.removeprefix("ROLE_").lower() for number in options.roles),
        resource=options.resource,
        named_by=named_by,
        shape=bound.get(named_by) or _shape(method, named_by),
        resource_free=options.resource_free,
        writes=method.GetOptions().idempotency_level != _NO_SIDE_EFFECTS,
        decides=options.urgency == _URGENCY_DECISION,
        requests_stream=method.client_streaming,
        answers_stream=method.server_streaming,
    )


def _bound(method):
    """What the method's HTTP path binds: {"name": "applicants/*"}."""
    http = contracts.option(method, "google.api.http")
    return dict(re.findall(r"\{([^}=]+)=([^}]*)\}", getattr(http, http.WhichOneof("pattern"))))


def _shape(method, path):
    """What the field at the path holds, as the resource says whose name it is."""
    if not path:
        return ""
    *parents, last = path.split(".")
    holder = method.input_type
    for parent in parents:
        holder = holder.fields_by_name[parent].message_type
    if last == "names":  # of what a batch answers with
        holder = method.output_type.fields[0].message_type
    patterns = contracts.option(holder, "google.api.resource").pattern if last in ("name", "names") else ()
    return re.sub(r"\{[^}]*\}", "*", patterns[0]) if patterns else "*"


@lru_cache(maxsize=None)
def methods():
    """The policies of all methods of the suite, by the method's name."""
    found = {}
    for service in {descriptor.full_name: descriptor for descriptor in contracts.services().values()}.values():
        if service.full_name.startswith("jiebang."):
            for method in service.methods:
                policy = _policy(method)
                found[policy.name] = policy
    return found
