"""September: the units recommend what they audited, in order of priority, within their quotas."""

from cast import FACTORY, GROUPS, LATE_GROUP, OVER_QUOTA_UNIT, SCENARIO, invented
from filing import assess, content, register
from jiebang_client.paperwork import shanghai
from jiebang_client.suite import unit_claims
from rehearsal import PROGRAMME

SAMPLE_UNIT = "110000"


def recommend(rehearsal, unit, track, names):
    caller = rehearsal.suite.unit(unit)
    for name in names:
        caller.call("QuotaService/RecommendApplication", name=rehearsal.list_name(unit, track), application=name)


def lock(rehearsal, unit, track):
    """Submits the list as it was seen; the locked list."""
    caller, name = rehearsal.suite.unit(unit), rehearsal.list_name(unit, track)
    seen = caller.call("QuotaService/GetRecommendationList", name=name).recommendation_list
    answer = caller.call("QuotaService/SubmitRecommendationList", name=name, etag=seen.etag)
    return answer.recommendation_list


def file_one_too_many(rehearsal):
    """In August: a made-up factory in the city whose quota the others fill."""
    applicant = invented("子", OVER_QUOTA_UNIT, OVER_QUOTA_UNIT, track=FACTORY)
    enterprise = register(rehearsal, applicant)
    assess(rehearsal, applicant, enterprise)
    receipt = enterprise.file(applicant.application_id, content(rehearsal, applicant))
    rehearsal.filed[OVER_QUOTA_UNIT][FACTORY].append(receipt.application)


def recommend_all(rehearsal):
    """Every unit recommends all that was filed through it, but for what its quota does not let through."""
    rehearsal.suite.prepare([unit_claims(unit) for unit in rehearsal.filed])
    *within, one_too_many = rehearsal.filed[OVER_QUOTA_UNIT][FACTORY]
    rehearsal.filed[OVER_QUOTA_UNIT][FACTORY] = within
    lists = [(unit, track, names) for unit, by_track in rehearsal.filed.items() for track, names in by_track.items()]
    rehearsal.each(lambda each: recommend(rehearsal, *each), lists)
    rehearsal.refuse(
        "QUOTA_EXHAUSTED",
        "计划单列市推荐第6个示范工厂",
        "a sixth factory of a city that may recommend five",
        lambda: recommend(rehearsal, OVER_QUOTA_UNIT, FACTORY, [one_too_many]),
    )
    used = rehearsal.each(lambda each: quota(rehearsal, *each[:2]).used, lists)
    rehearsal.report.count("已推荐", "recommended", sum(used), expected=sum(len(names) for _, _, names in lists))


def quota(rehearsal, unit, track):
    name = f"programmes/{PROGRAMME}/units/{unit}/tracks/{track}/quota"
    return rehearsal.suite.unit(unit).call("QuotaService/GetQuota", name=name).quota


def rank_again(rehearsal):
    """One unit changes its mind on the order, and takes one back and recommends it again: it comes last."""
    caller, name = rehearsal.suite.unit(SAMPLE_UNIT), rehearsal.list_name(SAMPLE_UNIT, SCENARIO)
    names = rehearsal.filed[SAMPLE_UNIT][SCENARIO]
    first, *others = reversed(names)
    caller.call("QuotaService/ReorderRecommendations", name=name, applications=[first, *others])
    caller.call("QuotaService/RemoveRecommendation", name=name, application=first)
    recommend(rehearsal, SAMPLE_UNIT, SCENARIO, [first])
    answer = caller.call("QuotaService/GetRecommendationList", name=name).recommendation_list
    ranked = [each.application for each in answer.recommendations]
    rehearsal.report.count("调整排序后一致", "ranks as reordered", ranked == [*others, first], expected=True)


def hand_in(rehearsal):
    """All lock their lists in time but one: its list has no second chance on 16 September."""
    lists = [(unit, track) for unit, by_track in rehearsal.filed.items() for track in by_track]
    late = [each for each in lists if each[0] == LATE_GROUP]
    in_time = [each for each in lists if each[0] != LATE_GROUP]
    *early, last = in_time
    locked = rehearsal.each(lambda each: lock(rehearsal, *each), early)
    rehearsal.suite.move_to(shanghai(2023, 9, 15, 23, 59, 30))
    locked.append(lock(rehearsal, *last))
    rehearsal.report.count("9月15日前报送的汇总表", "lists locked by 15 September", len(locked), expected=len(in_time))
    rehearsal.report.count("其中的推荐项目", "recommendations in them", sum(len(each.recommendations) for each in locked))
    rehearsal.suite.move_to(shanghai(2023, 9, 16))
    rehearsal.refuse(
        "DEADLINE_PASSED",
        f"{GROUPS[LATE_GROUP]}9月16日0时报送",
        "a list locked on 16 September",
        lambda: lock(rehearsal, *late[0]),
    )
    for unit, track in late:
        del rehearsal.filed[unit][track]
