"""Before the filing opens: the units with their quotas, and what was published in the years before."""

from cast import PROVINCIAL_PROJECTS, units
from data import published_lists
from jiebang_client.process import wait_until
from rehearsal import PROGRAMME

PART = 200  # entries in one call


def set_up_units(rehearsal):
    ministry = rehearsal.suite.ministry()
    everyone = units()
    rehearsal.each(lambda unit: ministry.call("QuotaService/CreateUnit", unit=unit.message()), everyone)
    listed = list(rehearsal.suite.nobody().pages("QuotaService/ListUnits", "units", page_size=20))
    rehearsal.report.count("推荐单位", "recommending units", len(listed), expected=len(everyone))

    def limits(unit):
        name = f"programmes/{PROGRAMME}/units/{unit}/tracks/"
        return "/".join(
            str(ministry.call("QuotaService/GetQuota", name=f"{name}{track}/quota").quota.limit)
            for track in ("excellent-scenario", "demonstration-factory")
        )

    # Strictly more than 300 (省级…超过300个): three (4).
    more, exactly = PROVINCIAL_PROJECTS
    rehearsal.report.count("名额：省（区、市）", "quota of a province", limits("330000"), expected="30/15")
    rehearsal.report.count("名额：省级项目318个（演练）", "with 318 provincial projects", limits(more), expected="40/20")
    rehearsal.report.count("名额：省级项目恰为300个（演练）", "with exactly 300", limits(exactly), expected="30/15")
    rehearsal.report.count("名额：计划单列市", "of a city with separate planning", limits("440300"), expected="10/5")
    rehearsal.report.count("名额：中央企业集团", "of a central group", limits("cg-shili-a"), expected="10/5")


def import_lists(rehearsal, lists, already=0):
    """Imports and announces lists that were published elsewhere, of whose entries `already` are there."""
    ministry = rehearsal.suite.ministry()
    added = already
    for published in lists:
        for start in range(0, len(published.entries), PART):
            part = published.entries[start : start + PART]
            answer = ministry.call("PublicListService/ImportList", list=published.message(), entries=part)
            added += sum(result.outcome == result.OUTCOME_ADDED for result in answer.results)
        ministry.call("PublicListService/AnnounceList", name=f"lists/{published.id}")
    await_honours(rehearsal, lists[-1].entries[0]["uscc"])
    rehearsal.report.count("导入名单", "lists imported", len(lists))
    expected = sum(len(published.entries) for published in lists)
    rehearsal.report.count("导入条目", "entries imported", added, expected=expected)


def await_honours(rehearsal, uscc):
    """Honours follow an announcement a moment later; the honours of this enterprise, once all are in."""

    def complete():
        answer = rehearsal.suite.nobody().call("PublicListService/ListHonours", parent=f"applicants/{uscc}")
        return answer.honours if answer.announcements_behind == 0 else None

    return wait_until(complete, "the honours of what was announced", seconds=30)


def lists_before(moment):
    return [published for published in published_lists() if published.announced < moment]


def lists_from(moment):
    return [published for published in published_lists() if published.announced >= moment]


def import_a_part_again(rehearsal, published):
    """A part that is sent twice changes nothing."""
    ministry = rehearsal.suite.ministry()
    part = published.entries[:PART]
    for _ in range(2):
        answer = ministry.call("PublicListService/ImportList", list=published.message(), entries=part)
    unchanged = sum(result.outcome == result.OUTCOME_UNCHANGED for result in answer.results)
    rehearsal.report.count("重复导入未变", "entries sent twice, unchanged", unchanged, expected=len(part))
