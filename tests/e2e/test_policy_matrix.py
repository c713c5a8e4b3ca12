"""The policy of every method, held over the wire against what the contracts say: at the gateway's door by bearer tokens, and in
each service behind it by sealed principals."""

import hashlib
import hmac
import json
import time
from fnmatch import fnmatchcase

import grpc
import pytest

from conftest import START, module_programme
from jiebang_client import EmbeddedSuite, SeparateSuite, contracts
from jiebang_client.enterprise import DISCRETE
from jiebang_client.paperwork import answers
from jiebang_client.policy import methods
from jiebang_client.suite import SERVICES
from jiebang_client.world import World
from policy_matrix import ALLOWED, OWN, Caller, Cell, ask_all, ask_all_over_http, by_connect, by_rest, cells, targets
from refusals import NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED, refused
from test_credentials import decode, sign

POLICIES = methods()
CONTRACTS = sorted({policy.service for policy in POLICIES.values()})
BEHIND_THE_GATEWAY = [contract for contract in CONTRACTS if contract.split(".")[1] in SERVICES]
ROLES = ("applicant", "unit", "expert", "ministry", "operator", "auditor")
NOBODY = Caller("nobody", (), ())

# A caller who may call is answered by the domain; none of these is such an answer.
BROKEN = {grpc.StatusCode[name] for name in ("UNKNOWN", "INTERNAL", "UNIMPLEMENTED", "UNAVAILABLE", "DEADLINE_EXCEEDED")}


def faults(answers):
    """What was answered otherwise than the contracts say, a line each."""
    for cell, answer in answers.items():
        code, reason = answer
        if cell.expected is ALLOWED:
            if code in BROKEN or reason == "FIELDS_INVALID":
                yield f"{cell}: not decided, but {code.name} {reason}"
            elif code in (UNAUTHENTICATED, PERMISSION_DENIED):
                yield f"{cell}: allowed, but {code.name} {reason}"
        elif answer != cell.expected:
            yield f"{cell}: to be refused as {cell.expected[1]}, but {code.name} {reason}"


def expect_no_faults(answers):
    wrong = list(faults(answers))
    assert not wrong, "\n".join([f"{len(wrong)} of {len(answers)}:", *wrong[:20]])


def claims(name, *roles):
    return {"sub": name, "roles": list(roles), "uscc": OWN["applicants"], "unit": OWN["units"], "expert": OWN["experts"]}


# --- at the gateway


@pytest.fixture(scope="module")
def gateway(tmp_path_factory, programmes):
    flags = [f"--max-{what}=2000" for what in ("caller-concurrency", "concurrency", "service-concurrency", "caller-streams", "streams")]
    with EmbeddedSuite(tmp_path_factory.mktemp("policy"), START, programmes=programmes, gateway_flags=flags) as suite:
        yield suite


def bearer(token):
    return (("authorization", f"Bearer {token}"),)


@pytest.fixture(scope="module")
def outside(gateway, tmp_path_factory):
    """Those who come to the door; two of them with roles that no token may carry."""
    directory = tmp_path_factory.mktemp("forged")
    held = [(role,) for role in ROLES] + [("applicant", "expert")]
    tokens = gateway.mint([claims("+".join(roles), *roles) for roles in held])
    callers = [NOBODY] + [Caller("+".join(roles), roles, bearer(token)) for roles, token in zip(held, tokens)]
    header, payload, _ = tokens[0].split(".")
    for role in ("service", "public"):
        token = sign(gateway, header, json.loads(decode(payload)) | {"roles": [role]}, directory)
        callers.append(Caller(f"forged {role}", (role,), bearer(token), never=(UNAUTHENTICATED, "TOKEN_ROLE_REFUSED")))
    return callers


@pytest.fixture(scope="module")
def door(gateway, outside):
    """What the gateway answers to everybody, of all methods."""
    with grpc.insecure_channel(gateway.address) as channel:
        return ask_all(channel, cells(POLICIES.values(), outside))


@pytest.mark.parametrize("contract", CONTRACTS)
def test_the_gateway_answers_everybody_as_the_contract_says(door, contract):
    expect_no_faults({cell: answer for cell, answer in door.items() if cell.policy.service == contract})


@pytest.mark.parametrize("spelled", [by_connect, by_rest])
def test_the_http_port_answers_everybody_alike(gateway, outside, spelled):
    asked = cells(POLICIES.values(), outside)
    if spelled is by_rest:  # no path has such a name
        asked = [cell for cell in asked if cell.target.ownership != "own and foreign at once"]
    expect_no_faults(ask_all_over_http(gateway.http_address, asked, spelled))


# Facts that hold whatever the options say: (who, what he is always refused). `writes` stands for all that changes something.
CONTENT = (
    "*.ApplicationService/[GLVW]*Appli*",
    "*.ApplicationService/GetRevision",
    "*/WatchEvents",
    "*.InsightService/[EDG]*",
    "*.KpiService/[GC]*",
    "*.KpiService/ListKpiReports",
    "*.MaturityService/*Assessment*",
    "*.MaturityService/DownloadAttachment",
    "*.ObjectService/*",
    "*.QuotaService/*Recommend*",
    "*.ReviewService/GetReviewMaterial",
    "*.ReviewService/ListAssignments",
)
EVERYBODY = ("nobody", *ROLES, "applicant+expert", "forged service", "forged public")
FACTS = {
    "nobody without credentials changes anything": (("nobody",), ("writes",)),
    "an auditor changes nothing": (("auditor",), ("writes",)),
    "a forged role gets nothing, not even what is public": (("forged service", "forged public"), ("*",)),
    "only services hold, release, check and record": (
        EVERYBODY,
        ("*/HoldApplication", "*/ReleaseApplication", "*/CheckMaturity", "*/RecordRefusals"),
    ),
    "only auditors read the journals' entries": (
        tuple(name for name in EVERYBODY if name != "auditor"),
        ("*.JournalService/ListJournalEntries",),
    ),
    "enterprises and units see nothing of the review": (("nobody", "applicant", "unit"), ("*.ReviewService/*",)),
    "operators see no content": (("operator",), CONTENT),
    "auditors see no content": (("auditor",), tuple(pattern for pattern in CONTENT if pattern != "*/WatchEvents")),
    "experts see no application but by the review": (("expert",), ("*.ApplicationService/[GLVW]*Appli*", "*/GetRevision")),
    "nobody files, recommends or scores for another": (
        ("ministry", "operator", "auditor"),
        ("*/SubmitApplication", "*/WithdrawApplication", "*/RecommendApplication", "*/SubmitRecommendationList")
        + ("*/SubmitAssessment", "*/SubmitScore"),
    ),
    "the ministry alone ranks, decides and announces": (
        tuple(name for name in EVERYBODY if name != "ministry"),
        ("*/CreateRound", "*/CommitAssignment", "*/RankRound", "*/DecideRound", "*/BuildList", "*/ImportList")
        + ("*/OpenPublicity", "*/AnnounceList", "*/ReturnRecommendationList"),
    ),
    "only operators move the clock": (
        tuple(name for name in EVERYBODY if name != "operator"),
        ("jiebang.rehearsal.v1.RehearsalService/AdvanceClock",),
    ),
}
# What an owner is refused of others: (who, what), on a resource that is wholly somebody else's or a wildcard.
PRIVATE = {
    "applicant": ("*.ApplicationService/*Appl[iy]*", "*/GetRevision", "*.MaturityService/*Assessment*", "*/SaveAnswers")
    + ("*.ObjectService/*", "*/ImportAnswers", "*/UploadAttachment", "*.KpiService/*KpiReport*", "*/ExplainAssessment")
    + ("*/DiagnoseAssessment", "*/GetBenchmark", "*/ExportAssessment", "*/AppointAssessor"),
    "unit": ("*.ApplicationService/*Application*", "*/GetRevision", "*/GetQuota", "*.QuotaService/*Recommend*"),
    "expert": ("*/GetExpert", "*/ListAssignments", "*/GetReviewMaterial", "*/SubmitScore"),
}


def matching(patterns):
    found = [
        policy
        for policy in POLICIES.values()
        if any(policy.writes if pattern == "writes" else fnmatchcase(policy.name, pattern) for pattern in patterns)
    ]
    for pattern in patterns:
        assert pattern == "writes" or any(fnmatchcase(policy.name, pattern) for policy in found), f"nothing is called {pattern}"
    return found


def let_in(door, who, patterns, ownerships=None):
    """The cells of these callers and methods that were not refused as a policy refuses."""
    names = {policy.name for policy in matching(patterns)}
    return [
        str(cell)
        for cell, (code, _) in door.items()
        if cell.caller.name in who
        and cell.policy.name in names
        and (ownerships is None or cell.target.ownership in ownerships)
        and code not in (UNAUTHENTICATED, PERMISSION_DENIED)
    ]


@pytest.mark.parametrize("fact", FACTS)
def test_whatever_the_options_say(door, fact):
    assert not let_in(door, *FACTS[fact])


@pytest.mark.parametrize("owner", PRIVATE)
def test_whatever_the_options_say_nobody_reaches_what_is_anothers(door, owner):
    others = ("foreign", "wildcard", "own and foreign at once")
    assert not let_in(door, (owner,), PRIVATE[owner], others)


def test_a_role_that_may_not_call_lends_nothing_to_one_that_may(gateway):
    """An operator owns all names, but may not download; an expert may, but was not appointed. Both in one are still neither."""
    world = World(gateway, module_programme(__name__))
    enterprise = world.enterprise()
    content = {"model": world.model.name, "manufacturing_type": DISCRETE, "object": enterprise.plant()}
    content["answers"] = answers(world.model, DISCRETE, 2)
    call = enterprise.caller.call
    call("MaturityService/CreateAssessment", parent=enterprise.name, assessment_id="self", assessment=content)
    name = f"{enterprise.name}/assessments/self"
    attachment = {"title": "证明.pdf", "media_type": "application/pdf"}
    call("MaturityService/UploadAttachment", parent=name, attachment_id="proof", attachment=attachment, content=b"%PDF-1.7")
    call("MaturityService/SubmitAssessment", name=name)

    both = gateway.caller(sub="both", roles=["expert", "operator"], expert="expert-own")
    with refused(NOT_FOUND, "ATTACHMENT_NOT_FOUND"):
        both.call("MaturityService/DownloadAttachment", name=f"{name}/attachments/proof")


def test_a_principal_from_outside_changes_nothing(gateway, outside):
    """The gateway drops what a caller says of himself, even a seal that would be good."""
    seal = sealed((gateway.directory / "data" / "secret").read_text().strip(), roles=("service",), **ids("outside"))
    liars = [
        Caller(f"{caller.name} with a seal", caller.roles, caller.metadata + ((PRINCIPAL, seal),), caller.never) for caller in outside
    ]
    asked = first_targets(POLICIES.values(), liars)
    with grpc.insecure_channel(gateway.address) as channel:
        expect_no_faults(ask_all(channel, asked))
    expect_no_faults(ask_all_over_http(gateway.http_address, asked, by_connect))


def first_targets(policies, callers):
    """The cells with one's own resources alone."""
    return [Cell(policy, caller, next(targets(policy))) for policy in policies for caller in callers]


# --- in the services

PRINCIPAL = "jiebang-principal-bin"


def ids(subject):
    return {"subject": subject, "uscc": OWN["applicants"], "unit": OWN["units"], "expert": OWN["experts"]}


def sealed(secret, roles, expires_in=120, **fields):
    """A principal as the gateway seals it: HMAC-SHA256 over its purpose and itself, before it."""
    principal = contracts.message(
        "jiebang.identity.v1.Principal",
        roles=[f"ROLE_{role.upper()}" for role in roles],
        expire_seconds=int(time.time()) + expires_in,
        **fields,
    ).SerializeToString()
    signed = b"jiebang.identity.v1.Principal\n" + principal
    return hmac.new(secret.encode(), signed, hashlib.sha256).digest() + principal


@pytest.fixture(scope="module")
def services(tmp_path_factory, programmes):
    with SeparateSuite(tmp_path_factory.mktemp("sealed"), START, programmes=programmes) as suite:
        yield suite


@pytest.fixture(scope="module")
def secret(services):
    return (services.directory / "secret").read_text().strip()


def ask_service(services, contract, callers, asked=cells):
    """The answers of the service that serves the contract, by its own socket."""
    policies = [policy for policy in POLICIES.values() if policy.service == contract]
    socket = f"unix:{services.directory}/{contract.split('.')[1]}.sock"
    with grpc.insecure_channel(socket) as channel:
        return ask_all(channel, asked(policies, callers))


@pytest.mark.parametrize("contract", BEHIND_THE_GATEWAY)
def test_a_service_decides_again_by_the_sealed_principal(services, secret, contract):
    callers = [NOBODY]
    for roles in [(role,) for role in (*ROLES, "service")] + [("unit", "expert")]:
        name = "+".join(roles)
        callers.append(Caller(name, roles, ((PRINCIPAL, sealed(secret, roles, **ids(name))),)))
    expect_no_faults(ask_service(services, contract, callers))


@pytest.mark.parametrize("contract", BEHIND_THE_GATEWAY)
def test_a_service_believes_no_seal_but_a_good_one(services, secret, contract):
    good = sealed(secret, ("service",), **ids("mallory"))
    forged = (UNAUTHENTICATED, "PRINCIPAL_FORGED")
    not_good = {
        "sealed by another key": (sealed("another-secret-of-32-bytes-or-more", ("service",), **ids("mallory")), forged),
        "changed after it was sealed": (good[:-1] + bytes([good[-1] ^ 1]), forged),
        "lengthened after it was sealed": (good + b"\x10\x08", forged),
        "the principal alone": (good[32:], forged),
        "a seal of nothing": (good[:32], forged),
        "too short": (b"x", forged),
        "expired": (sealed(secret, ("service",), expires_in=-60, **ids("mallory")), (UNAUTHENTICATED, "PRINCIPAL_EXPIRED")),
    }
    callers = [Caller(name, ("service",), ((PRINCIPAL, seal),), never) for name, (seal, never) in not_good.items()]
    expect_no_faults(ask_service(services, contract, callers, first_targets))
