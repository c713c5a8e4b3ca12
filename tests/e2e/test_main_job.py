"""The whole job, small: two units, six enterprises, from the filing to the announced list that anybody can read."""

from datetime import datetime, timedelta

from jiebang_client.paperwork import SHANGHAI, shanghai
from jiebang_client.process import wait_until
from jiebang_client.world import DALIAN, JIANGSU, SCENARIO, ZHEJIANG
from refusals import FAILED_PRECONDITION, NOT_FOUND, refused

ROUND = "autumn"
EXPERTS = 7
SELECTED = 4


def file_and_recommend(world, unit, number):
    """Files so many applications through the unit, which recommends them in that order and locks its list."""
    receipts = [world.filed(unit)[1] for _ in range(number)]
    for receipt in receipts:
        world.recommend(unit, receipt.application)
    locked = world.unit(unit).call("QuotaService/SubmitRecommendationList", name=world.list_name(unit)).recommendation_list
    assert [each.application for each in locked.recommendations] == [receipt.application for receipt in receipts]
    assert [each.content_digest for each in locked.recommendations] == [receipt.content_digest for receipt in receipts]
    assert (locked.revision, locked.state) == (1, locked.STATE_LOCKED)


def register_experts(world):
    for number in range(EXPERTS):
        expert = {"name": f"experts/expert-{number}", "display_name": f"专家{number}", "employer": "示例研究院"}
        expert |= {"unit": f"units/{DALIAN}", "industry_codes": ["38"]}
        world.ministry.call("ReviewService/CreateExpert", expert=expert)


def score(world, round_name, rubric):
    """Every expert reads and scores; the earlier in its unit's list an application stands, the better."""
    for number in range(EXPERTS):
        caller = world.suite.expert(f"expert-{number}")
        parent = f"{round_name}/experts/expert-{number}"
        for assignment in caller.pages("ReviewService/ListAssignments", "assignments", parent=parent, page_size=2):
            material = caller.call("ReviewService/GetReviewMaterial", name=assignment.name).application
            assert material.title == assignment.title
            rank = int(assignment.candidate.rpartition("-")[2])
            criteria = [{"criterion": criterion.id, "points": 95 - 5 * rank} for criterion in rubric.criteria]
            caller.call("ReviewService/SubmitScore", name=assignment.name, score={"criteria": criteria})


def review(world):
    """The round, decided."""
    ministry = world.ministry
    register_experts(world)
    parent = f"programmes/{world.programme}/tracks/{SCENARIO}"
    opened = ministry.call("ReviewService/CreateRound", parent=parent, round_id=ROUND, stage="online-review").round
    assert opened.application_count == 6
    plan = ministry.call("ReviewService/PlanAssignment", name=opened.name).plan
    assert len(plan.assignments) == 6 * 5
    assert plan.most_load - plan.least_load <= 1
    ministry.call("ReviewService/CommitAssignment", name=opened.name, plan_digest=plan.digest)
    rubric = next(each for each in world.paperwork.programme.rubrics if each.id == "scenario-2023")
    score(world, opened.name, rubric)
    ranked = ministry.call("ReviewService/RankRound", name=opened.name).round
    assert ranked.scored_count == 6 * 5
    ministry.call("ReviewService/DecideRound", name=opened.name, select_count=SELECTED)
    return opened.name


def publish(world, round_name):
    """The list, announced after its publicity period and not before."""
    ministry, name = world.ministry, f"lists/{world.programme}"
    built = ministry.call("PublicListService/BuildList", list_id=world.programme, round=round_name, title_zh="示例名单").list
    assert (built.name, built.entry_count) == (name, SELECTED)
    with refused(NOT_FOUND, "LIST_NOT_FOUND"):
        world.suite.nobody().call("PublicListService/GetList", name=name)
    world.suite.move_to(shanghai(2023, 10, 27, 9))
    opened = ministry.call("PublicListService/OpenPublicity", name=name).list
    end = datetime.fromtimestamp(opened.publicity_end_time.seconds, SHANGHAI)
    assert end == shanghai(2023, 11, 4)  # five working days after Friday 27 October, the last of them 3 November
    world.suite.move_to(end - timedelta(seconds=30))
    with refused(FAILED_PRECONDITION, "PUBLICITY_NOT_OVER"):
        ministry.call("PublicListService/AnnounceList", name=name)
    world.suite.move_to(end)
    announced = ministry.call("PublicListService/AnnounceList", name=name).list
    assert announced.state == announced.STATE_ANNOUNCED
    return announced


def look_up(world, announced):
    """Anybody sees the selected ones in the order of their ranks, and the title of each by its code."""
    nobody = world.suite.nobody()
    entries = list(nobody.pages("PublicListService/ListEntries", "entries", parent=announced.name, page_size=3))
    assert [entry.number for entry in entries] == list(range(1, SELECTED + 1))
    # Two from either unit: the first two of each list had the best points.
    assert sorted(entry.unit for entry in entries) == [JIANGSU, JIANGSU, ZHEJIANG, ZHEJIANG]

    def honours():
        answer = nobody.call("PublicListService/ListHonours", parent=f"applicants/{entries[0].uscc}")
        return answer.honours if answer.announcements_behind == 0 else None

    (honour,) = wait_until(honours, "the honour")
    assert (honour.title_id, honour.list, honour.year) == (SCENARIO, announced.name, 2023)


def test_six_applications_of_two_units_become_an_announced_list_of_four(own_world):
    file_and_recommend(own_world, JIANGSU, 3)
    file_and_recommend(own_world, ZHEJIANG, 3)
    round_name = review(own_world)
    announced = publish(own_world, round_name)
    look_up(own_world, announced)
