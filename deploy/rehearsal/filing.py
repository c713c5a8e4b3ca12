"""August: enterprises register, assess themselves, draft and file; some are turned away."""

from cast import FACTORY, SCENARIO, invented
from data import published_lists
from jiebang_client.paperwork import shanghai
from jiebang_client.suite import applicant_claims
from rehearsal import PROGRAMME, links_to_cover
from report import Unexpected

LINES = (
    "围绕{scenario}，打通设计、计划、生产与设备数据，统一编码和接口。",
    "部署在线采集与边缘计算，关键设备联网率和数据完整性逐月核查。",
    "建立模型并与现场闭环，参数由工艺人员确认后下发，偏差自动告警。",
    "形成可复制的实施方法：先诊断、再试点、后推广，配套培训与考核。",
)


def content(rehearsal, applicant, links=None, describe=None):
    """The application of one applicant. Its words are made up, and say so."""
    title = f"{applicant.display_name}智能制造项目（演练）"
    return rehearsal.paperwork.application(
        applicant.track,
        title,
        links=links or links_to_cover(applicant.track),
        describe=describe or (lambda scenario: "演练：" + "".join(LINES).format(scenario=scenario.name.zh)),
        tell=lambda field: "演练：" + "".join(LINES[1:]),
    )


def register(rehearsal, applicant):
    enterprise = rehearsal.enterprise(applicant)
    enterprise.register(
        applicant.display_name,
        applicant.region_code,
        applicant.industry_code,
        applicant.legal_form,
        central_group=applicant.central_group,
        contact_name="演练经办人",
        contact_phone="010-00000000",
    )
    return enterprise


def assess(rehearsal, applicant, enterprise):
    """The self-assessment that a factory needs (二（三）)."""
    return enterprise.assess(rehearsal.model, applicant.level, applicant.manufacturing_type)


def file(rehearsal, applicant):
    """All that one applicant does; its level, and the name of what it filed."""
    enterprise = register(rehearsal, applicant)
    level = None if applicant.track == SCENARIO else assess(rehearsal, applicant, enterprise).result.level
    draft = enterprise.draft(applicant.application_id, content(rehearsal, applicant))
    violations = enterprise.caller.call("ApplicationService/ValidateApplication", name=draft.name).violations
    if violations:
        told = "; ".join(f"{violation.rule}: {violation.text_zh}" for violation in violations)
        raise Unexpected(f"{draft.name} cannot be filed: {told}")
    receipt = enterprise.submit(draft, etag=draft.etag, request_id=f"file-{applicant.uscc}")
    again = enterprise.submit(draft, etag=draft.etag, request_id=f"file-{applicant.uscc}")
    return level, receipt, again


def file_all(rehearsal):
    rehearsal.suite.prepare([applicant_claims(each.uscc) for each in rehearsal.applicants])
    results = rehearsal.each(lambda applicant: file(rehearsal, applicant), rehearsal.applicants)
    for applicant, (_, receipt, _) in zip(rehearsal.applicants, results):
        by_track = rehearsal.filed.setdefault(applicant.unit, {})
        by_track.setdefault(rehearsal.list_track(applicant.track), []).append(receipt.application)
    report = rehearsal.report
    report.count("注册的申报主体", "applicants registered", len(rehearsal.applicants))
    levels = [level for level, _, _ in results if level is not None]
    assessed = [applicant.level for applicant in rehearsal.applicants if applicant.track != SCENARIO]
    by_level = "、".join(f"{level}级 {levels.count(level)}" for level in sorted(set(levels)))
    report.count("成熟度自评估", "self-assessments, by level", f"{len(levels)}（{by_level}）")
    report.count("自评估等级与预期不符", "levels other than answered for", sum(a != b for a, b in zip(levels, assessed)), 0)
    for track, name in rehearsal.paperwork.tracks.items():
        number = sum(applicant.track == track for applicant in rehearsal.applicants)
        report.count(f"提交：{name.name.zh}"[:17], f"filed: {track}", number)
    repeated = sum(receipt != again for _, receipt, again in results)
    report.count("重复提交得到不同回执", "repeated filings with another receipt", repeated, expected=0)


def correct_one(rehearsal):
    """A unit returns an application; its applicant corrects it and files the second revision."""
    applicant = rehearsal.applicants[0]
    enterprise = rehearsal.enterprise(applicant)
    name = rehearsal.filed[applicant.unit][rehearsal.list_track(applicant.track)][0]
    unit = rehearsal.suite.unit(applicant.unit)
    unit.call("ApplicationService/ReturnApplication", name=name, reason="演练：请补充实施成效的依据")
    sections = [{"section": "results", "text": "演练：成效已附第三方检测数据。"}]
    corrected = content(rehearsal, applicant)["sections"]
    corrected = [section for section in corrected if section["section"] != "results"] + sections
    enterprise.caller.call("ApplicationService/UpdateApplication", application={"name": name, "sections": corrected})
    receipt = enterprise.caller.call("ApplicationService/SubmitApplication", name=name).receipt
    rehearsal.report.count("退回修改后的版本", "revision after a return for correction", receipt.revision, expected=2)


def refusals(rehearsal):
    """What the notice does not let through. All of these are made up: 示例企业."""
    refuse = rehearsal.refuse

    malformed = invented("甲", "110000", "110000")
    malformed.uscc = malformed.uscc[:-1] + ("0" if malformed.uscc[-1] != "0" else "1")
    refuse("USCC_MALFORMED", "统一社会信用代码校验位不符", "malformed USCC", lambda: register(rehearsal, malformed))

    def filing(applicant, unit=None, level=None, **words):
        enterprise = register(rehearsal, applicant)
        enterprise = rehearsal.enterprise(applicant, unit)
        if level is not None:
            applicant.level = level
            assess(rehearsal, applicant, enterprise)
        return lambda: enterprise.file(applicant.application_id, content(rehearsal, applicant, **words))

    def by_rule(zh, en, rule, do):
        refuse("RULES_VIOLATED", zh, en, do, rule=rule)

    long = {"describe": lambda scenario: "述" * 3001}
    applicant = invented("乙", "110000", "110000")
    by_rule("场景描述3001字", "3,001 characters", "scenario-instances", filing(applicant, **long))

    applicant = invented("丙", "110000", "110000", track=FACTORY)
    by_rule("成熟度一级", "maturity level 1", "maturity-level-2", filing(applicant, level=1))
    next_step(rehearsal, rehearsal.enterprise(applicant))

    applicant = invented("丁", "110000", "110000", track=FACTORY)
    applicant.uscc = uscc_of_a_task_holder()
    by_rule("已承担揭榜任务", "a second factory task", "no-second-factory-task", filing(applicant, level=2))

    applicant = invented("戊", "110000", "320000")
    by_rule("注册地不属该推荐单位", "the wrong unit", "local-enterprises", filing(applicant, unit="110000"))

    applicant = invented("己", "110000", "110000", track=FACTORY)
    by_rule("仅覆盖7个环节", "seven links", "eight-links", filing(applicant, level=2, links=7))

    applicant = invented("庚", "110000", "110000", industry_code="3612", legal_form="LEGAL_FORM_BRANCH")
    by_rule("汽车行业的分支机构", "a branch outside petrochemicals", "legal-person", filing(applicant))

    stale_etag(rehearsal)


def next_step(rehearsal, enterprise):
    """What the diagnosis tells the one that was turned away for its level."""
    name = f"{enterprise.name}/assessments/self-2023"
    diagnosis = enterprise.caller.call("InsightService/DiagnoseAssessment", name=name).diagnosis
    opened = [each.clause.section for each in diagnosis.opens if each.programme == f"programmes/{PROGRAMME}"]
    report = rehearsal.report
    report.count("诊断：达二级最少补齐条目", "diagnosis: least items to level 2", len(diagnosis.plan))
    report.count("按计划补齐后的等级", "level when they are satisfied", diagnosis.result_after_plan.level, expected=2)
    report.count("由此满足的条件", "condition that this meets", "、".join(opened), expected="二（三）")


def uscc_of_a_task_holder():
    tasks = [each for each in published_lists() if each.id == "factory-tasks-2022"][0]
    return tasks.entries[0]["uscc"]


def stale_etag(rehearsal):
    """Two windows of one applicant: the second one saved on what the first one had changed."""
    enterprise = register(rehearsal, invented("辛", "110000", "110000"))
    draft = enterprise.draft("scenario-2023", {"track": SCENARIO, "title": "示例项目（演练）"})

    def save(title):
        application = {"name": draft.name, "title": title, "etag": draft.etag}
        enterprise.caller.call("ApplicationService/UpdateApplication", application=application)

    save("第一个窗口（演练）")
    rehearsal.refuse("ETAG_MISMATCH", "用旧版本保存", "saved on a stale etag", lambda: save("第二个窗口（演练）"))


def close(rehearsal):
    """8月31日前 is the whole of that day: one files in its last half minute, the next one in the first second after."""
    in_time = invented("壬", "110000", "110000")
    late = invented("癸", "110000", "110000")
    drafts = [register(rehearsal, each).draft(each.application_id, content(rehearsal, each)) for each in (in_time, late)]
    rehearsal.suite.move_to(shanghai(2023, 8, 31, 23, 59, 30))
    receipt = rehearsal.enterprise(in_time).submit(drafts[0])
    rehearsal.filed[in_time.unit][SCENARIO].append(receipt.application)
    rehearsal.report.count("8月31日23:59:30提交", "filed on 31 August at 23:59:30", 1)
    rehearsal.suite.move_to(shanghai(2023, 9, 1))
    rehearsal.refuse(
        "DEADLINE_PASSED", "9月1日0时提交", "filed on 1 September", lambda: rehearsal.enterprise(late).submit(drafts[1])
    )
    # What was refused is not there for anybody but its applicant.
    ministry = rehearsal.suite.ministry()
    parent = f"programmes/{PROGRAMME}/units/-/applicants/-"
    seen = list(ministry.pages("ApplicationService/ListApplications", "applications", parent=parent, page_size=100))
    filed = sum(len(names) for by_track in rehearsal.filed.values() for names in by_track.values())
    rehearsal.report.count("截止时已提交的申报", "applications filed at the deadline", len(seen), expected=filed)
