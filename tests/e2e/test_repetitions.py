"""A request_id makes a repetition harmless: it gets the first answer and does nothing a second time."""

import pytest

from jiebang_client.world import DALIAN, JIANGSU, SHENZHEN, at_once
from refusals import INVALID_ARGUMENT, NOT_FOUND, refused, unchanged


def test_a_repeated_registration_gets_the_first_answer(world):
    stranger = world.stranger()
    applicant = {"name": stranger.name, "display_name": "示例企业", "legal_form": "LEGAL_FORM_LEGAL_PERSON"}
    applicant |= {"region_code": JIANGSU, "industry_code": "3831"}
    register = lambda: stranger.caller.call("ApplicationService/CreateApplicant", applicant=applicant, request_id="r-1")
    assert register() == register()


def test_a_repeated_filing_gets_the_first_receipt(world):
    enterprise, draft = world.draft()
    first = enterprise.submit(draft, request_id="file-1")
    with unchanged(lambda: world.application(draft.name)):
        assert enterprise.submit(draft, request_id="file-1") == first


def test_a_repeated_edit_is_done_once(world):
    enterprise, draft = world.draft()
    edit = lambda: enterprise.caller.call(
        "ApplicationService/UpdateApplication", application={"name": draft.name, "title": "改后"}, request_id="edit-1"
    )
    assert edit() == edit()


def test_a_repeated_recommendation_takes_one_seat(world):
    _, receipt = world.filed(SHENZHEN)
    first = world.recommend(SHENZHEN, receipt.application, request_id="recommend-1")
    used = world.quota(SHENZHEN).used
    assert world.recommend(SHENZHEN, receipt.application, request_id="recommend-1") == first
    assert world.quota(SHENZHEN).used == used


def test_twenty_repetitions_at_once_get_one_answer(world):
    _, receipt = world.filed(DALIAN)
    answers = at_once(lambda _: world.recommend(DALIAN, receipt.application, request_id="at-once"), range(20), threads=20)
    # While the first one runs a repetition may be told to come again, and gets the first answer then.
    assert all(getattr(answer, "reason", "") in ("", "CONCURRENT_CHANGE", "STEP_UNSETTLED") for answer in answers), answers
    answers = [answer for answer in answers if not hasattr(answer, "reason")]
    settled = world.recommend(DALIAN, receipt.application, request_id="at-once")
    assert all(answer == settled for answer in answers)
    assert world.quota(DALIAN).used == 1


def test_a_request_id_is_not_taken_for_another_request(world):
    enterprise, draft = world.draft()
    update = lambda title: enterprise.caller.call(
        "ApplicationService/UpdateApplication", application={"name": draft.name, "title": title}, request_id="taken"
    )
    update("甲")
    with unchanged(lambda: enterprise.caller.call("ApplicationService/GetApplication", name=draft.name)):
        with refused(INVALID_ARGUMENT, "REQUEST_ID_REUSED") as caught:
            update("乙")
    assert [field for field, _ in caught.value.fields] == ["request_id"]


def test_a_request_id_is_not_taken_for_another_application(world):
    enterprise = world.enterprise()
    enterprise.draft("application-1", world.content(), request_id="taken")
    with refused(INVALID_ARGUMENT, "REQUEST_ID_REUSED"):
        enterprise.draft("application-2", world.content(), request_id="taken")
    with refused(NOT_FOUND, "APPLICATION_NOT_FOUND"):
        name = f"{enterprise.parent}/applications/application-2"
        enterprise.caller.call("ApplicationService/GetApplication", name=name)


@pytest.mark.parametrize("request_id", ["white space", "中文", "a" * 65, "semi;colon"])
def test_a_malformed_request_id_is_refused(world, request_id):
    enterprise, draft = world.draft()
    with refused(INVALID_ARGUMENT, "FIELDS_INVALID") as caught:
        enterprise.submit(draft, request_id=request_id)
    assert [field for field, _ in caught.value.fields] == ["request_id"]
