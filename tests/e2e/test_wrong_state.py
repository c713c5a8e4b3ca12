"""What the state of a thing does not allow: refused with where it stands, and nothing changed."""

import pytest

from jiebang_client.world import DALIAN, FACTORY, JIANGSU, SCENARIO, SHANDONG, SHENZHEN, ZHEJIANG
from refusals import (
    ABORTED,
    ALREADY_EXISTS,
    FAILED_PRECONDITION,
    INVALID_ARGUMENT,
    NOT_FOUND,
    refused,
    unchanged,
)


@pytest.fixture(scope="module")
def filed(world):
    return world.filed(JIANGSU)


@pytest.fixture(scope="module")
def recommended(world):
    """One application on an open list."""
    enterprise, receipt = world.filed(SHENZHEN)
    world.recommend(SHENZHEN, receipt.application)
    return enterprise, receipt


@pytest.fixture(scope="module")
def locked(world):
    """One application on a locked list, and one that came too late for it."""
    (_, on_list), (_, too_late) = world.filed(SHANDONG), world.filed(SHANDONG)
    world.recommend(SHANDONG, on_list.application)
    world.unit(SHANDONG).call("QuotaService/SubmitRecommendationList", name=world.list_name(SHANDONG))
    return on_list, too_late


def test_an_applicant_registers_once(world):
    enterprise = world.enterprise()
    with refused(ALREADY_EXISTS, "APPLICANT_EXISTS"):
        enterprise.register("另一个名称", JIANGSU)


def test_an_application_id_is_taken_once(world, filed):
    enterprise, receipt = filed
    with unchanged(lambda: world.application(receipt.application)), refused(ALREADY_EXISTS, "APPLICATION_EXISTS"):
        enterprise.draft("application-1", world.content())


def test_what_is_filed_is_not_filed_again(world, filed):
    enterprise, receipt = filed
    with unchanged(lambda: world.application(receipt.application)):
        with refused(FAILED_PRECONDITION, "APPLICATION_NOT_EDITABLE"):
            enterprise.caller.call("ApplicationService/SubmitApplication", name=receipt.application)


def test_what_is_filed_is_not_edited(world, filed):
    enterprise, receipt = filed
    with unchanged(lambda: world.application(receipt.application)):
        with refused(FAILED_PRECONDITION, "APPLICATION_NOT_EDITABLE"):
            change = {"name": receipt.application, "title": "新名称"}
            enterprise.caller.call("ApplicationService/UpdateApplication", application=change)


def test_a_draft_is_not_withdrawn(world):
    enterprise, draft = world.draft()
    with refused(FAILED_PRECONDITION, "APPLICATION_NOT_SUBMITTED"):
        enterprise.caller.call("ApplicationService/WithdrawApplication", name=draft.name)


def test_a_draft_is_not_there_for_its_unit(world):
    _, draft = world.draft(ZHEJIANG)
    with refused(NOT_FOUND, "APPLICATION_NOT_FOUND"):
        world.unit(ZHEJIANG).call("ApplicationService/GetApplication", name=draft.name)
    with unchanged(lambda: world.quota(ZHEJIANG)), pytest.raises(Exception) as caught:
        world.recommend(ZHEJIANG, draft.name)
    assert caught.value.code in (NOT_FOUND, FAILED_PRECONDITION)
    assert caught.value.reason in ("APPLICATION_NOT_FOUND", "APPLICATION_NOT_SUBMITTED")


def test_a_second_application_in_the_track_is_refused(world, filed):
    enterprise, _ = filed
    second = enterprise.draft("application-2", world.content())
    with refused(FAILED_PRECONDITION, "RULES_VIOLATED") as caught:
        enterprise.submit(second)
    assert [rule for rule, _, _ in caught.value.preconditions] == ["one-application-per-track"]


def test_what_is_recommended_is_neither_withdrawn_nor_returned(world, recommended):
    enterprise, receipt = recommended
    with unchanged(lambda: world.application(receipt.application)):
        with refused(FAILED_PRECONDITION, "APPLICATION_HELD"):
            enterprise.caller.call("ApplicationService/WithdrawApplication", name=receipt.application)
        with refused(FAILED_PRECONDITION, "APPLICATION_HELD"):
            world.unit(SHENZHEN).call("ApplicationService/ReturnApplication", name=receipt.application, reason="请修改")


def test_an_application_is_recommended_once(world, recommended):
    _, receipt = recommended
    with unchanged(lambda: world.recommendation_list(SHENZHEN)), refused(ALREADY_EXISTS, "ALREADY_RECOMMENDED"):
        world.recommend(SHENZHEN, receipt.application)


def test_a_scenario_is_not_recommended_as_a_factory(world):
    _, receipt = world.filed(SHENZHEN)
    with unchanged(lambda: world.quota(SHENZHEN, FACTORY)), refused(FAILED_PRECONDITION, "WRONG_TRACK"):
        world.recommend(SHENZHEN, receipt.application, track=FACTORY)


def test_an_empty_list_is_not_submitted(world):
    with refused(FAILED_PRECONDITION, "LIST_EMPTY"):
        world.unit(DALIAN).call("QuotaService/SubmitRecommendationList", name=world.list_name(DALIAN))


def test_an_order_must_name_the_whole_list(world, recommended):
    _, receipt = recommended
    unit, name = world.unit(SHENZHEN), world.list_name(SHENZHEN)
    for order in ([], [receipt.application] * 2, [receipt.application + "x"]):
        with unchanged(lambda: world.recommendation_list(SHENZHEN)), refused(INVALID_ARGUMENT, "ORDER_INCOMPLETE"):
            unit.call("QuotaService/ReorderRecommendations", name=name, applications=order)


def test_a_locked_list_never_changes(world, locked):
    on_list, too_late = locked
    unit, name = world.unit(SHANDONG), world.list_name(SHANDONG)
    with unchanged(lambda: world.recommendation_list(SHANDONG)):
        with refused(FAILED_PRECONDITION, "LIST_LOCKED"):
            world.recommend(SHANDONG, too_late.application)
        with refused(FAILED_PRECONDITION, "LIST_LOCKED"):
            unit.call("QuotaService/RemoveRecommendation", name=name, application=on_list.application)
        with refused(FAILED_PRECONDITION, "LIST_LOCKED"):
            unit.call("QuotaService/ReorderRecommendations", name=name, applications=[on_list.application])
        with refused(FAILED_PRECONDITION, "LIST_LOCKED"):
            unit.call("QuotaService/SubmitRecommendationList", name=name)


def test_an_open_list_is_not_returned(world):
    with refused(FAILED_PRECONDITION, "LIST_NOT_LOCKED"):
        world.ministry.call("QuotaService/ReturnRecommendationList", name=world.list_name(DALIAN), reason="请核对")


def test_a_submitted_assessment_never_changes(world):
    enterprise = world.enterprise()
    done = enterprise.assess(world.model, 2)
    read = lambda: enterprise.caller.call("MaturityService/GetAssessment", name=done.name).assessment
    with unchanged(read):
        with refused(FAILED_PRECONDITION, "ASSESSMENT_SUBMITTED"):
            enterprise.caller.call("MaturityService/SubmitAssessment", name=done.name)
        with refused(FAILED_PRECONDITION, "ASSESSMENT_SUBMITTED"):
            change = {"name": done.name, "tailored_subdomains": [{"subdomain": "sales", "reason": "无"}]}
            enterprise.caller.call("MaturityService/UpdateAssessment", assessment=change)


def test_a_round_needs_a_locked_list(world):
    parent = f"programmes/{world.programme}/tracks/{FACTORY}"
    with refused(FAILED_PRECONDITION, "NO_LOCKED_LIST"):
        world.ministry.call("ReviewService/CreateRound", parent=parent, round_id="r", stage="factory-online-review")


STALE = {
    "application": lambda world: stale_application(world),
    "filing": lambda world: stale_filing(world),
    "applicant": lambda world: stale_applicant(world),
    "list": lambda world: stale_list(world),
    "unit": lambda world: stale_unit(world),
}


def stale_application(world):
    enterprise, draft = world.draft()
    write = lambda etag, title: enterprise.caller.call(
        "ApplicationService/UpdateApplication", application={"name": draft.name, "title": title, "etag": etag}
    )
    write(draft.etag, "第一次")
    return lambda: write(draft.etag, "第二次"), lambda: enterprise.caller.call(
        "ApplicationService/GetApplication", name=draft.name
    )


def stale_filing(world):
    enterprise, draft = world.draft()
    change = {"name": draft.name, "title": "第一次", "etag": draft.etag}
    enterprise.caller.call("ApplicationService/UpdateApplication", application=change)
    return lambda: enterprise.submit(draft, etag=draft.etag), lambda: enterprise.caller.call(
        "ApplicationService/GetApplication", name=draft.name
    )


def stale_applicant(world):
    enterprise = world.stranger()
    made = enterprise.register("示例企业", JIANGSU)
    write = lambda name: enterprise.caller.call(
        "ApplicationService/UpdateApplicant", applicant={"name": made.name, "contact_name": name, "etag": made.etag}
    )
    write("第一次")
    return lambda: write("第二次"), lambda: enterprise.caller.call("ApplicationService/GetApplicant", name=made.name)


def stale_list(world):
    first, second = world.filed(SHENZHEN)[1], world.filed(SHENZHEN)[1]
    world.recommend(SHENZHEN, first.application)
    seen = world.recommendation_list(SHENZHEN)
    world.recommend(SHENZHEN, second.application)
    unit, name = world.unit(SHENZHEN), world.list_name(SHENZHEN)
    write = lambda: unit.call("QuotaService/SubmitRecommendationList", name=name, etag=seen.etag)
    return write, lambda: world.recommendation_list(SHENZHEN)


def stale_unit(world):
    unit = world.ministry.call("QuotaService/GetUnit", name=f"units/{DALIAN}").unit
    write = lambda alias: world.ministry.call(
        "QuotaService/UpdateUnit", unit={"name": unit.name, "aliases": [alias], "etag": unit.etag}
    )
    write(f"{unit.etag}甲")
    return lambda: write("乙"), lambda: world.ministry.call("QuotaService/GetUnit", name=unit.name)


@pytest.mark.parametrize("stale", STALE.values(), ids=STALE)
def test_a_stale_etag_is_refused_and_changes_nothing(world, stale):
    write, read = stale(world)
    with unchanged(read), refused(ABORTED, "ETAG_MISMATCH"):
        write()
