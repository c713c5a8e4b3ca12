"""Autumn: experts review what was recommended, nobody with a conflict, everybody as much as the others."""

import random
from collections import Counter

from cast import FACTORY, SCENARIO, SEED, experts
from jiebang_client.suite import expert_claims
from rehearsal import PROGRAMME

STAGES = {SCENARIO: "online-review", FACTORY: "factory-online-review"}
ROUND = "autumn-2023"
SELECTED_PERMILLE = {SCENARIO: 600, FACTORY: 400}


def register_experts(rehearsal):
    ministry = rehearsal.suite.ministry()
    found = experts(rehearsal.applicants)
    rehearsal.suite.prepare([expert_claims(each.id) for each in found])
    rehearsal.each(lambda each: ministry.call("ReviewService/CreateExpert", expert=each.message()), found)
    rehearsal.report.count("专家（演练）", "experts", len(found))
    return found


def review(rehearsal, track, everyone):
    """One round, from the locked lists to the decision; its name."""
    ministry, report = rehearsal.suite.ministry(), rehearsal.report
    parent = f"programmes/{PROGRAMME}/tracks/{track}"
    opened = ministry.call("ReviewService/CreateRound", parent=parent, round_id=ROUND, stage=STAGES[track]).round
    wanted = sum(len(by_track.get(track, ())) for by_track in rehearsal.filed.values())
    report.count("参评申报", f"applications in the round: {track}", opened.application_count, expected=wanted)

    plan = ministry.call("ReviewService/PlanAssignment", name=opened.name, timeout=60).plan
    tell_plan(rehearsal, plan, wanted, everyone)
    ministry.call("ReviewService/CommitAssignment", name=opened.name, plan_digest=plan.digest)

    rubric = next(rubric for rubric in rehearsal.paperwork.programme.rubrics if rubric.id == rubric_of(rehearsal, track))
    scored = rehearsal.each(lambda expert: score_all(rehearsal, opened.name, expert, rubric), everyone)
    report.count("评分", "reviews read and scored", sum(scored), expected=len(plan.assignments))

    ranked = ministry.call("ReviewService/RankRound", name=opened.name).round
    tell_ranking(rehearsal, ranked)
    select = wanted * SELECTED_PERMILLE[track] // 1000
    decided = ministry.call("ReviewService/DecideRound", name=opened.name, select_count=select).round
    report.count("遴选", "selected", decided.selected_count, expected=select)
    return opened.name, select


def rubric_of(rehearsal, track):
    return next(stage.rubric for stage in rehearsal.paperwork.programme.stages if stage.id == STAGES[track])


def tell_plan(rehearsal, plan, wanted, everyone):
    report = rehearsal.report
    panels = Counter(pair.candidate for pair in plan.assignments)
    report.count("评审分配", "assignments in the plan", len(plan.assignments))
    report.count("每项5位专家", "candidates with a panel of five", sum(n == 5 for n in panels.values()), expected=wanted)
    report.count("每位专家最少/最多", "least and most load", f"{plan.least_load}/{plan.most_load}")
    report.count("行业匹配度合计", "total affinity", plan.total_affinity)
    excluded = "、".join(f"{kind} {number}" for kind, number in sorted(plan.conflicts.items()))
    report.count("回避排除的组合", "pairs excluded by conflict", excluded)
    units = {f"experts/{each.id}": each.unit for each in everyone}
    # A candidate's id begins with its unit.
    own = sum(pair.candidate.rpartition("/")[2].startswith(f"{units[pair.expert]}-") for pair in plan.assignments)
    report.count("评审本单位推荐项目", "experts given what their own unit recommended", own, expected=0)


def score_all(rehearsal, round_name, expert, rubric):
    """What one expert does: reads each application and scores it; how many."""
    caller = rehearsal.suite.expert(expert.id)
    parent = f"{round_name}/experts/{expert.id}"
    number = 0
    for assignment in caller.pages("ReviewService/ListAssignments", "assignments", parent=parent):
        material = caller.call("ReviewService/GetReviewMaterial", name=assignment.name).application
        if material.applicant.contact_name or material.applicant.contact_phone:
            raise RuntimeError(f"{assignment.name}: the expert sees contact data")
        # Of the same seed always the same points: good applications are good for all experts, within their taste.
        merit = random.Random(f"{SEED} {assignment.candidate}").randint(62, 92)
        taste = random.Random(f"{SEED} {assignment.name}")
        criteria = [
            {"criterion": criterion.id, "points": max(0, min(100, merit + taste.randint(-6, 6)))}
            for criterion in rubric.criteria
        ]
        caller.call("ReviewService/SubmitScore", name=assignment.name, score={"criteria": criteria, "comment": "演练评分"})
        number += 1
    return number


def tell_ranking(rehearsal, ranked):
    report = rehearsal.report
    ministry = rehearsal.suite.ministry()
    candidates = list(ministry.pages("ReviewService/ListCandidates", "candidates", parent=ranked.name, page_size=100))
    ranks = [candidate.rank for candidate in candidates]
    report.count("名次连续", "ranks without a gap", ranks == list(range(1, len(ranks) + 1)), expected=True)
    report.count("最高/最低得分", "best and worst result", f"{candidates[0].result}/{candidates[-1].result}")
    ties = Counter(candidate.tie_key for candidate in candidates if candidate.tie_key)
    told = "、".join(f"{key} {number}" for key, number in sorted(ties.items())) or "0"
    report.count("同分时起作用的规则", "ties decided by", told)
    report.count("分差过大待复核", "spread that calls a moderator", sum(each.moderator_wanted for each in candidates))
