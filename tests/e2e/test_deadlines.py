"""Deadlines to the second: 8月31日前 is the whole of 31 August in Beijing, and 9月15日前 the whole of 15 September."""

from jiebang_client.paperwork import shanghai
from jiebang_client.world import DALIAN, JIANGSU, SHENZHEN
from refusals import FAILED_PRECONDITION, refused, unchanged

# The clock runs on after it was set, so "the last second" is some seconds early; what comes after the end is exact.
BEFORE_FILING_ENDS = shanghai(2023, 8, 31, 23, 59, 30)
FILING_ENDS = shanghai(2023, 9, 1)
BEFORE_RECOMMENDING_ENDS = shanghai(2023, 9, 15, 23, 59, 30)
RECOMMENDING_ENDS = shanghai(2023, 9, 16)


def test_nothing_is_taken_after_its_deadline(own_world):
    world = own_world
    in_time, late = world.draft(JIANGSU), world.draft(JIANGSU)
    first, second, third, fourth = (world.filed(unit)[1] for unit in (DALIAN, DALIAN, SHENZHEN, SHENZHEN))

    world.suite.move_to(BEFORE_FILING_ENDS)
    enterprise, draft = in_time
    receipt = enterprise.submit(draft)
    assert receipt.submit_time.seconds < FILING_ENDS.timestamp()

    world.suite.move_to(FILING_ENDS)
    enterprise, draft = late
    with unchanged(lambda: enterprise.caller.call("ApplicationService/GetApplication", name=draft.name)):
        with refused(FAILED_PRECONDITION, "DEADLINE_PASSED") as caught:
            enterprise.submit(draft)
    assert "三（一）" in caught.value.metadata["clause"]
    with refused(FAILED_PRECONDITION, "DEADLINE_PASSED"):
        in_time[0].caller.call("ApplicationService/WithdrawApplication", name=receipt.application)

    # Filing is over; recommending is not.
    world.recommend(DALIAN, first.application)
    world.recommend(SHENZHEN, third.application)
    world.suite.move_to(BEFORE_RECOMMENDING_ENDS)
    world.recommend(DALIAN, second.application)
    world.unit(DALIAN).call("QuotaService/SubmitRecommendationList", name=world.list_name(DALIAN))

    world.suite.move_to(RECOMMENDING_ENDS)
    with unchanged(lambda: world.recommendation_list(SHENZHEN)):
        with refused(FAILED_PRECONDITION, "DEADLINE_PASSED") as caught:
            world.unit(SHENZHEN).call("QuotaService/SubmitRecommendationList", name=world.list_name(SHENZHEN))
        assert "三（二）" in caught.value.text_zh
        with refused(FAILED_PRECONDITION, "DEADLINE_PASSED"):
            world.recommend(SHENZHEN, fourth.application)
    assert len(world.recommendation_list(DALIAN).recommendations) == 2
