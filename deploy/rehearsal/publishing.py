"""From the decision to the announced list, and what anybody can look up without credentials."""

from datetime import datetime, timedelta

from cast import FACTORY, SCENARIO
from jiebang_client.paperwork import SHANGHAI, shanghai
from preparing import await_honours

LISTS = {
    SCENARIO: ("rehearsal-2023-scenarios", "（演练）2023年度智能制造优秀场景名单", "Rehearsal: excellent scenarios 2023"),
    FACTORY: ("rehearsal-2023-factories", "（演练）2023年度智能制造示范工厂揭榜单位名单", "Rehearsal: factory tasks 2023"),
}
NAMES = {SCENARIO: "优秀场景", FACTORY: "示范工厂"}


def build(rehearsal, rounds):
    """A list of each round. Drafts are nobody's business but the ministry's."""
    ministry = rehearsal.suite.ministry()
    for track, (round_name, selected) in rounds.items():
        list_id, zh, en = LISTS[track]
        built = ministry.call("PublicListService/BuildList", list_id=list_id, round=round_name, title_zh=zh, title_en=en).list
        rehearsal.report.count(f"名单条目：{NAMES[track]}", f"entries of {list_id}", built.entry_count, expected=selected)
    drafts = [f"lists/{list_id}" for list_id, _, _ in LISTS.values()]
    seen = {each.name for each in rehearsal.suite.nobody().pages("PublicListService/ListLists", "lists")}
    rehearsal.report.count("公众可见的草稿", "drafts that the public sees", len(seen.intersection(drafts)), expected=0)


def publish(rehearsal):
    """Five working days of publicity, from the day on which it began in 2023."""
    ministry, report = rehearsal.suite.ministry(), rehearsal.report
    rehearsal.suite.move_to(shanghai(2023, 10, 27, 9))
    for list_id, _, _ in LISTS.values():
        opened = ministry.call("PublicListService/OpenPublicity", name=f"lists/{list_id}").list
    end = datetime.fromtimestamp(opened.publicity_end_time.seconds, SHANGHAI)
    report.count("公示截止（不含）", "publicity ends (exclusive)", f"{end:%Y-%m-%d %H:%M}")
    rehearsal.suite.move_to(end - timedelta(seconds=30))
    rehearsal.refuse(
        "PUBLICITY_NOT_OVER",
        "公示期未满即公告",
        "announced before the publicity period is over",
        lambda: ministry.call("PublicListService/AnnounceList", name=opened.name),
    )
    rehearsal.suite.move_to(end)
    for track, (list_id, _, _) in LISTS.items():
        announced = ministry.call("PublicListService/AnnounceList", name=f"lists/{list_id}").list
        report.count(f"公告：{NAMES[track]}", f"announced: {list_id}", announced.entry_count)


def look_up(rehearsal, rounds):
    """Without credentials: the lists, their entries, and the honours of an enterprise by its code."""
    nobody, report = rehearsal.suite.nobody(), rehearsal.report
    lists = list(nobody.pages("PublicListService/ListLists", "lists", page_size=10))
    report.count("公开名单", "public lists", len(lists))
    entries = []
    for track, (_, selected) in rounds.items():
        parent = f"lists/{LISTS[track][0]}"
        entries = list(nobody.pages("PublicListService/ListEntries", "entries", parent=parent, page_size=50))
        report.count(f"查询条目：{NAMES[track]}", f"entries read: {parent}", len(entries), expected=selected)

    applicants = {applicant.uscc: applicant for applicant in rehearsal.applicants}
    # One with a name of the green list: it has that honour, too.
    uscc = next(entry.uscc for entry in entries if not applicants[entry.uscc].central_group)

    held = await_honours(rehearsal, uscc)
    titles = "、".join(f"{honour.year} {honour.title_id}" for honour in held)
    report.count(f"称号：{uscc}", f"honours of {uscc}", titles)
    expected = {"green-factory", "demonstration-factory-task"}
    report.count("称号齐全", "all honours are there", expected <= {honour.title_id for honour in held}, expected=True)
    return uscc
