"""Requests that do not say what they must: refused with the field, all fields at once, and nothing changed."""

import itertools

import grpc
import pytest

from jiebang_client import CallError
from jiebang_client.world import JIANGSU, SCENARIO, ZHEJIANG
from refusals import (
    FAILED_PRECONDITION,
    INVALID_ARGUMENT,
    NOT_FOUND,
    RESOURCE_EXHAUSTED,
    UNIMPLEMENTED,
    refused,
    unchanged,
)

GOOD = "91320000449622504K"
MALFORMED_CODES = {
    "wrong check character": "913200004496225040",
    "too short": GOOD[:-1],
    "too long": GOOD + "K",
    "lower case": GOOD.lower(),
    "a letter that no code has": "9132000044962250IK",
}
NO_RESOURCE_IDS = {
    "full-width digits": "９１320000449622504K",
    "white space": GOOD[:-1] + " ",
    "another script": "91320000449622504К",  # a Cyrillic К
}


def register(caller, uscc, **more):
    applicant = {"name": f"applicants/{uscc}", "display_name": "示例企业", "legal_form": "LEGAL_FORM_LEGAL_PERSON"}
    applicant |= {"region_code": JIANGSU, "industry_code": "3831", **more}
    return caller.call("ApplicationService/CreateApplicant", applicant=applicant).applicant


@pytest.mark.parametrize(
    ("uscc", "reason"),
    [(uscc, "USCC_MALFORMED") for uscc in MALFORMED_CODES.values()]
    + [(uscc, "RESOURCE_NAME_MALFORMED") for uscc in NO_RESOURCE_IDS.values()],
    ids=[*MALFORMED_CODES, *NO_RESOURCE_IDS],
)
def test_a_malformed_uscc_is_refused_and_registers_nobody(world, uscc, reason):
    with refused(INVALID_ARGUMENT, reason) as caught:
        register(world.ministry, uscc)
    assert [field for field, _ in caught.value.fields] == ["applicant.name"]
    with pytest.raises(CallError) as looked_up:
        world.ministry.call("ApplicationService/GetApplicant", name=f"applicants/{uscc}")
    assert looked_up.value.code in (INVALID_ARGUMENT, NOT_FOUND)


def test_all_missing_fields_come_back_at_once(world):
    stranger = world.stranger()
    with refused(INVALID_ARGUMENT, "FIELDS_INVALID") as caught:
        stranger.caller.call("ApplicationService/CreateApplicant", applicant={"name": stranger.name})
    assert {field for field, _ in caught.value.fields} == {
        "applicant.display_name",
        "applicant.legal_form",
        "applicant.region_code",
        "applicant.industry_code",
    }
    with refused(NOT_FOUND, "APPLICANT_NOT_FOUND"):
        stranger.caller.call("ApplicationService/GetApplicant", name=stranger.name)


OVERSIZED = {
    "name of 121 characters": {"display_name": "企" * 121},
    "region of seven digits": {"region_code": "3200001"},
    "industry with its letter": {"industry_code": "C3831"},
    "phone number of letters": {"contact_phone": "call me now"},
    "control character": {"display_name": "示例\x00企业"},
}


@pytest.mark.parametrize("change", OVERSIZED.values(), ids=OVERSIZED)
def test_a_field_beyond_its_limit_is_named_and_registers_nobody(world, change):
    stranger = world.stranger()
    with refused(INVALID_ARGUMENT, "FIELDS_INVALID") as caught:
        register(stranger.caller, stranger.uscc, **change)
    assert [field for field, _ in caught.value.fields] == [f"applicant.{next(iter(change))}"]
    with refused(NOT_FOUND, "APPLICANT_NOT_FOUND"):
        stranger.caller.call("ApplicationService/GetApplicant", name=stranger.name)


def test_the_longest_name_is_taken(world):
    stranger = world.stranger()
    assert register(stranger.caller, stranger.uscc, display_name="企" * 120).display_name == "企" * 120


def test_sixty_five_scenario_instances_are_too_many_for_a_request(world):
    enterprise, draft = world.draft()
    instances = [{"title": f"实例{number}"} for number in range(65)]
    with unchanged(lambda: enterprise.caller.call("ApplicationService/GetApplication", name=draft.name).application):
        with refused(INVALID_ARGUMENT, "FIELDS_INVALID") as caught:
            application = {"name": draft.name, "scenario_instances": instances}
            enterprise.caller.call("ApplicationService/UpdateApplication", application=application)
    assert [field for field, _ in caught.value.fields] == ["application.scenario_instances"]


def test_an_unknown_scenario_cannot_be_filed(world):
    enterprise = world.enterprise()
    content = world.content()
    content["scenario_instances"][0]["scenario"] = "teleportation"
    draft = enterprise.draft("application-1", content)
    with unchanged(lambda: enterprise.caller.call("ApplicationService/GetApplication", name=draft.name).application):
        with refused(FAILED_PRECONDITION, "RULES_VIOLATED") as caught:
            enterprise.submit(draft)
    (violation,) = caught.value.preconditions
    assert violation[1].startswith("scenario_instances[0]")


@pytest.mark.parametrize(
    "name",
    ["", "applicants", "applicants/", "applicants/a/b", "/applicants/x", "units/320000", "applicants/../units", "applicants/-"],
)
def test_a_malformed_resource_name_is_refused(world, name):
    with pytest.raises(CallError) as caught:
        world.ministry.call("ApplicationService/GetApplicant", name=name)
    assert caught.value.code in (INVALID_ARGUMENT, NOT_FOUND)
    assert caught.value.reason
    assert caught.value.text_zh


@pytest.mark.parametrize("programme", ["no-such-programme", "PILOT"])
def test_an_unknown_programme_is_refused(world, programme):
    enterprise = world.enterprise()
    with pytest.raises(CallError) as caught:
        enterprise.caller.call(
            "ApplicationService/CreateApplication",
            parent=f"programmes/{programme}/units/{JIANGSU}/applicants/{enterprise.uscc}",
            application_id="application-1",
            application={"track": SCENARIO},
        )
    assert caught.value.code in (INVALID_ARGUMENT, NOT_FOUND)


def test_an_unknown_track_is_refused(world):
    enterprise = world.enterprise()
    with refused(NOT_FOUND, "TRACK_NOT_FOUND"):
        enterprise.draft("application-1", {"track": "perpetual-motion"})


@pytest.fixture(scope="module")
def three_filed(world):
    """Enough filed applications for two pages."""
    return [world.filed(ZHEJIANG)[1] for _ in range(3)]


def first_page(world):
    parent = f"programmes/{world.programme}/units/{ZHEJIANG}/applicants/-"
    return world.ministry.call("ApplicationService/ListApplications", parent=parent, page_size=1)


def test_pages_bring_every_application_once(world, three_filed):
    parent = f"programmes/{world.programme}/units/{ZHEJIANG}/applicants/-"
    pages = world.ministry.pages("ApplicationService/ListApplications", "applications", parent=parent, page_size=1)
    names = [application.name for application in pages]
    assert len(names) == len(set(names))
    assert {receipt.application for receipt in three_filed} <= set(names)


@pytest.mark.parametrize("spoil", [lambda token: "x", lambda token: token[:-1], lambda token: token.swapcase(), lambda _: "第二页"])
def test_a_page_token_that_nobody_gave_is_refused(world, three_filed, spoil):
    token = first_page(world).next_page_token
    spoilt = spoil(token)
    assert spoilt != token
    parent = f"programmes/{world.programme}/units/{ZHEJIANG}/applicants/-"
    with refused(INVALID_ARGUMENT, "PAGE_TOKEN_MALFORMED"):
        world.ministry.call("ApplicationService/ListApplications", parent=parent, page_size=1, page_token=spoilt)


def test_a_page_token_of_another_request_is_refused(world, three_filed):
    token = first_page(world).next_page_token
    parent = f"programmes/{world.programme}/units/{JIANGSU}/applicants/-"
    with refused(INVALID_ARGUMENT, "PAGE_TOKEN_OTHER_REQUEST"):
        world.ministry.call("ApplicationService/ListApplications", parent=parent, page_size=1, page_token=token)


def test_a_negative_page_size_is_refused(world):
    with refused(INVALID_ARGUMENT, "FIELDS_INVALID") as caught:
        world.ministry.call("QuotaService/ListUnits", page_size=-1)
    assert [field for field, _ in caught.value.fields] == ["page_size"]


def test_a_message_over_the_size_limit_is_refused_and_changes_nothing(world):
    enterprise, draft = world.draft()
    read = lambda: enterprise.caller.call("ApplicationService/GetApplication", name=draft.name).application
    with unchanged(read), pytest.raises(CallError) as caught:
        application = {"name": draft.name, "title": "述" * (2 << 20)}  # three bytes each
        enterprise.caller.call("ApplicationService/UpdateApplication", application=application)
    assert caught.value.code == RESOURCE_EXHAUSTED


@pytest.mark.parametrize(
    "path",
    ["/jiebang.quota.v1.QuotaService/DoubleQuota", "/jiebang.bribe.v1.BribeService/Pay", "/x", "/jiebang.quota.v1.QuotaService"],
)
def test_an_unknown_method_is_refused(world, path):
    with refused(UNIMPLEMENTED, "METHOD_UNKNOWN"):
        world.suite.client.call_bytes(path)


def test_bytes_that_are_no_message_are_refused(world):
    path = "/jiebang.quota.v1.QuotaService/GetUnit"
    for length in itertools.chain(range(1, 8), [1000]):
        with pytest.raises(CallError) as caught:
            world.suite.client.call_bytes(path, b"\xff" * length)
        assert caught.value.code in (INVALID_ARGUMENT, grpc.StatusCode.INTERNAL)
    assert world.suite.client.serving()
