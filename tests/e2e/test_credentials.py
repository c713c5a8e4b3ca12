"""Who may call what. A token that is not good is not believed, and nobody reaches what is somebody else's."""

import base64
import json
import subprocess
import time

import grpc
import pytest

from jiebang_client import CallError
from jiebang_client.tokens import make_keys, mint
from jiebang_client.suite import BIN
from jiebang_client.world import JIANGSU, SCENARIO, SHANDONG, ZHEJIANG
from refusals import NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED, refused, unchanged


@pytest.fixture(scope="module")
def filed(world):
    return world.filed(JIANGSU)


# --- tokens


def encode(part):
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def sign(suite, header, claims, tmp_path):
    """A token with these claims under the suite's own key, for what jiebangctl refuses to make."""
    signed = f"{header}.{encode(json.dumps(claims).encode())}"
    (tmp_path / "message").write_bytes(signed.encode())
    command = ["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", suite.private_key, "-in", tmp_path / "message"]
    return f"{signed}.{encode(subprocess.run(command, capture_output=True, check=True).stdout)}"


@pytest.fixture
def ministry_token(world):
    return world.suite.token(sub="ministry-2", roles=["ministry"])


def list_experts(world, token):
    return world.suite.client.caller(token).call("ReviewService/ListExperts")


def test_a_token_of_ours_is_believed(world, ministry_token, tmp_path):
    header, payload, _ = ministry_token.split(".")
    list_experts(world, ministry_token)
    list_experts(world, sign(world.suite, header, json.loads(decode(payload)), tmp_path))


CLAIMS = {
    "expired an hour ago": (lambda claims: claims | {"exp": int(time.time()) - 3600}, "TOKEN_EXPIRED"),
    "for somebody else": (lambda claims: claims | {"aud": "elsewhere"}, "TOKEN_WRONG_AUDIENCE"),
    "of another issuer": (lambda claims: claims | {"iss": "mallory"}, "TOKEN_WRONG_ISSUER"),
    "of a service": (lambda claims: claims | {"roles": ["service"]}, "TOKEN_ROLE_REFUSED"),
    "of a role that is none": (lambda claims: claims | {"roles": ["emperor"]}, "TOKEN_ROLE_REFUSED"),
    "without a role": (lambda claims: claims | {"roles": []}, "TOKEN_ROLE_REFUSED"),
    "of a unit that is none": (lambda claims: claims | {"roles": ["unit"]}, "TOKEN_ROLE_REFUSED"),
}


@pytest.mark.parametrize("change, reason", CLAIMS.values(), ids=CLAIMS)
def test_a_signed_token_is_not_believed_when_its_claims_are_not_good(world, ministry_token, tmp_path, change, reason):
    header, payload, _ = ministry_token.split(".")
    token = sign(world.suite, header, change(json.loads(decode(payload))), tmp_path)
    with refused(UNAUTHENTICATED, reason):
        list_experts(world, token)


def forged_payload(token):
    header, payload, signature = token.split(".")
    return ".".join((header, encode(json.dumps(json.loads(decode(payload)) | {"roles": ["operator"]}).encode()), signature))


def without_signature(token):
    header, payload, _ = token.split(".")
    return f"{encode(json.dumps({'alg': 'none', 'typ': 'JWT'}).encode())}.{payload}."


def flipped_signature(token):
    return token[:-10] + ("A" if token[-10] != "A" else "B") + token[-9:]


FORGERIES = [forged_payload, without_signature, flipped_signature, lambda token: token + "A", lambda _: "x", lambda _: "a.b.c"]


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_forged_token_is_not_believed(world, ministry_token, forge):
    with pytest.raises(CallError) as caught:
        list_experts(world, forge(ministry_token))
    assert caught.value.code == UNAUTHENTICATED
    assert caught.value.reason in ("TOKEN_MALFORMED", "TOKEN_SIGNATURE_WRONG")


def test_a_token_of_another_key_is_not_believed(world, tmp_path):
    private, _ = make_keys(BIN / "jiebangctl", tmp_path)
    (token,) = mint(BIN / "jiebangctl", private, [{"sub": "ministry", "roles": ["ministry"]}])
    with refused(UNAUTHENTICATED, "TOKEN_SIGNATURE_WRONG"):
        list_experts(world, token)


def test_a_bad_token_is_refused_even_where_nobody_needs_one(world):
    with pytest.raises(CallError) as caught:
        world.suite.client.caller("x").call("QuotaService/ListUnits")
    assert caught.value.code == UNAUTHENTICATED


def test_without_a_token_only_what_is_public_is_answered(world):
    nobody = world.suite.nobody()
    assert nobody.call("QuotaService/ListUnits").units
    with refused(UNAUTHENTICATED, "CREDENTIALS_MISSING"):
        nobody.call("ReviewService/ListExperts")


def test_a_principal_from_outside_is_not_believed(world):
    """The header by which the gateway tells the services who calls means nothing when a caller brings it."""
    path = "/jiebang.review.v1.ReviewService/ListExperts"
    metadata = [("jiebang-principal-bin", b"\x0a\x08ministry\x12\x01\x05" * 3)]
    with refused(UNAUTHENTICATED, "CREDENTIALS_MISSING"):
        world.suite.client.call_bytes(path, metadata=metadata)


# --- roles


WRONG_ROLES = {
    "a unit registers an applicant": ("unit", "ApplicationService/CreateApplicant"),
    "an applicant creates a unit": ("applicant", "QuotaService/CreateUnit"),
    "an applicant recommends": ("applicant", "QuotaService/RecommendApplication"),
    "the ministry recommends": ("ministry", "QuotaService/RecommendApplication"),
    "the ministry files": ("ministry", "ApplicationService/SubmitApplication"),
    "the ministry holds as a service does": ("ministry", "ApplicationService/HoldApplication"),
    "a unit releases as a service does": ("unit", "ApplicationService/ReleaseApplication"),
    "an operator reads an application": ("operator", "ApplicationService/GetApplication"),
    "an auditor reads an application": ("auditor", "ApplicationService/GetApplication"),
    "an expert ranks": ("expert", "ReviewService/RankRound"),
    "a unit decides": ("unit", "ReviewService/DecideRound"),
    "a unit reads review material": ("unit", "ReviewService/GetReviewMaterial"),
    "an applicant lists assignments": ("applicant", "ReviewService/ListAssignments"),
    "the ministry scores": ("ministry", "ReviewService/SubmitScore"),
    "a unit announces": ("unit", "PublicListService/AnnounceList"),
    "an operator imports a list": ("operator", "PublicListService/ImportList"),
    "an operator reads an assessment": ("operator", "MaturityService/GetAssessment"),
    "the ministry asks as a service does": ("ministry", "MaturityService/CheckMaturity"),
}


@pytest.mark.parametrize("role, method", WRONG_ROLES.values(), ids=WRONG_ROLES)
def test_a_wrong_role_is_refused(world, filed, role, method):
    callers = {
        "applicant": filed[0].caller,
        "unit": world.unit(JIANGSU),
        "expert": world.suite.expert("expert-1"),
        "ministry": world.ministry,
        "operator": world.suite.operator(),
        "auditor": world.suite.auditor(),
    }
    with refused(PERMISSION_DENIED, "ROLE_NOT_ALLOWED"):
        callers[role].call(method)


# --- what is somebody else's


def test_an_applicant_reads_no_other_ones_application(world, filed):
    other = world.enterprise()
    name = filed[1].application
    calls = {
        "ApplicationService/GetApplication": {"name": name},
        "ApplicationService/ValidateApplication": {"name": name},
        "ApplicationService/GetRevision": {"name": f"{name}/revisions/1"},
        "ApplicationService/GetApplicant": {"name": filed[0].name},
        "ApplicationService/ListApplications": {"parent": filed[0].parent},
        "MaturityService/ListAssessments": {"parent": filed[0].name},
        "ObjectService/ListObjects": {"parent": filed[0].name},
        "ObjectService/RollUp": {"group": filed[0].name, "model": "models/gbt39116-2020"},
        "InsightService/ExplainAssessment": {"name": f"{filed[0].name}/assessments/self-2023"},
        "InsightService/GetBenchmark": {"name": f"{filed[0].name}/assessments/self-2023"},
        "InsightService/ExportAssessment": {
            "name": f"{filed[0].name}/assessments/self-2023",
            "format": "FORMAT_PDF",
        },
        "KpiService/GetKpiReport": {"name": f"{filed[0].name}/objects/plant/kpiReports/2023"},
    }
    for method, request in calls.items():
        with refused(PERMISSION_DENIED, "NOT_OWNER"):
            other.caller.call(method, **request)


def test_an_applicant_writes_no_other_ones_records(world, filed):
    other = world.enterprise()
    enterprise, receipt = filed
    calls = {
        "ApplicationService/UpdateApplication": {"application": {"name": receipt.application, "title": "他人"}},
        "ApplicationService/WithdrawApplication": {"name": receipt.application},
        "ApplicationService/UpdateApplicant": {"applicant": {"name": enterprise.name, "contact_name": "他人"}},
        "ApplicationService/CreateApplication": {
            "parent": enterprise.parent,
            "application_id": "stolen",
            "application": {"track": SCENARIO},
        },
    }
    with unchanged(lambda: world.application(receipt.application)):
        for method, request in calls.items():
            with refused(PERMISSION_DENIED, "NOT_OWNER"):
                other.caller.call(method, **request)


@pytest.mark.parametrize("applicant", ["-", "%2D", "*", ""])
def test_a_wildcard_names_nobody(world, filed, applicant):
    parent = f"programmes/{world.programme}/units/{JIANGSU}/applicants/{applicant}"
    with pytest.raises(CallError) as caught:
        filed[0].caller.call("ApplicationService/ListApplications", parent=parent)
    assert caught.value.code in (PERMISSION_DENIED, grpc.StatusCode.INVALID_ARGUMENT)


def test_a_second_segment_does_not_smuggle_a_name_in(world, filed):
    """The own name somewhere in a name of somebody else's is no key to it."""
    other = world.enterprise()
    for name in (f"{filed[0].name}/{other.name}", f"{other.name}/{filed[0].name}", f"{filed[0].name}?{other.name}"):
        with pytest.raises(CallError) as caught:
            other.caller.call("ApplicationService/GetApplicant", name=name)
        assert caught.value.code in (PERMISSION_DENIED, grpc.StatusCode.INVALID_ARGUMENT, NOT_FOUND)


def test_a_unit_sees_what_was_filed_through_it_and_no_more(world, filed):
    name = filed[1].application
    assert world.unit(JIANGSU).call("ApplicationService/GetApplication", name=name).application.name == name
    with refused(PERMISSION_DENIED, "NOT_OWNER"):
        world.unit(ZHEJIANG).call("ApplicationService/GetApplication", name=name)
    for parent in (f"programmes/{world.programme}/units/{JIANGSU}/applicants/-", f"programmes/{world.programme}/units/-/applicants/-"):
        with refused(PERMISSION_DENIED, "NOT_OWNER"):
            world.unit(ZHEJIANG).call("ApplicationService/ListApplications", parent=parent)


def test_a_unit_recommends_through_no_other_unit(world, filed):
    name = filed[1].application
    with unchanged(lambda: (world.recommendation_list(JIANGSU), world.application(name))):
        with refused(PERMISSION_DENIED, "NOT_OWNER"):
            world.unit(ZHEJIANG).call(
                "QuotaService/RecommendApplication", name=world.list_name(JIANGSU), application=name
            )


def test_a_unit_recommends_nothing_that_was_filed_through_another(world, filed):
    name = filed[1].application
    with unchanged(lambda: (world.recommendation_list(ZHEJIANG), world.application(name))):
        with pytest.raises(CallError) as caught:
            world.recommend(ZHEJIANG, name)
    assert caught.value.reason == "WRONG_UNIT"


def test_a_unit_reads_no_other_units_list(world):
    for method, name in {
        "QuotaService/GetRecommendationList": world.list_name(JIANGSU),
        "QuotaService/GetQuota": f"programmes/{world.programme}/units/{JIANGSU}/tracks/{SCENARIO}/quota",
        "QuotaService/SubmitRecommendationList": world.list_name(JIANGSU),
    }.items():
        with refused(PERMISSION_DENIED, "NOT_OWNER"):
            world.unit(ZHEJIANG).call(method, name=name)


def test_an_expert_reads_and_scores_no_other_ones_assignment(world):
    _, receipt = world.filed(SHANDONG)
    world.recommend(SHANDONG, receipt.application)
    world.unit(SHANDONG).call("QuotaService/SubmitRecommendationList", name=world.list_name(SHANDONG))
    for number in range(6):
        expert = {"name": f"experts/cred-{number}", "display_name": "专家", "employer": "示例研究院", "industry_codes": ["38"]}
        world.ministry.call("ReviewService/CreateExpert", expert=expert)
    parent = f"programmes/{world.programme}/tracks/{SCENARIO}"
    opened = world.ministry.call("ReviewService/CreateRound", parent=parent, round_id="r", stage="online-review").round
    plan = world.ministry.call("ReviewService/PlanAssignment", name=opened.name).plan
    world.ministry.call("ReviewService/CommitAssignment", name=opened.name, plan_digest=plan.digest)

    assignments = list(world.ministry.pages("ReviewService/ListAssignments", "assignments", parent=f"{opened.name}/experts/-"))
    mine, theirs = assignments[0], assignments[1]
    me = world.suite.expert(mine.name.split("/experts/")[1].split("/")[0])
    me.call("ReviewService/GetReviewMaterial", name=mine.name)
    with refused(PERMISSION_DENIED, "NOT_OWNER"):
        me.call("ReviewService/GetReviewMaterial", name=theirs.name)
    with refused(PERMISSION_DENIED, "NOT_OWNER"):
        me.call("ReviewService/SubmitScore", name=theirs.name, score={})
    with refused(PERMISSION_DENIED, "NOT_OWNER"):
        me.call("ReviewService/ListAssignments", parent=f"{opened.name}/experts/-")
