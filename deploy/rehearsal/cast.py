"""Who takes part. Names, units and sectors are published ones; all else comes from a fixed seed and is 演练."""

import random
from dataclasses import dataclass

from data import Unit, industry_code, plain, places, rows, uscc_of
from jiebang_client.enterprise import DISCRETE, PROCESS
from jiebang_client.uscc import make_uscc

SEED = 20230810
SCENARIO = "excellent-scenario"
FACTORY = "demonstration-factory"
SUPPLY_CHAIN = "smart-supply-chain"

# Central enterprises apply through their group (三（三）), which the lists do not name: those that one knows by their name
# do not apply in the rehearsal, groups and their members are made up.
CENTRAL = ("中国", "中车", "中粮", "中航", "中铁", "中信", "中化", "中远", "中煤", "中核", "鞍钢", "宝钢", "宝武", "东风", "一汽")
GROUPS = {"cg-shili-a": "示例装备集团（演练）", "cg-shili-b": "示例能源集团（演练）", "cg-shili-c": "示例电子集团（演练）"}
LATE_GROUP = "cg-shili-c"  # recommends, and comes too late to lock
# The numbers are made up; which provinces have more than 300 is not public. Exactly 300 is not more than 300.
PROVINCIAL_PROJECTS = {"320000": 318, "370000": 300}
# The Corps is no place of GB/T 2260: its enterprises are registered in its cities, here in 石河子.
REGISTERED_IN = {"660000": "659001"}
OVER_QUOTA_UNIT = "440300"  # a city with separate planning may recommend five factories
SCENARIOS_A_UNIT = 4
FACTORIES_A_UNIT = 2
# Where a division is one of process industries; the others are discrete.
PROCESS_DIVISIONS = set("13 14 15 22 25 26 27 28 30 31 32".split())


@dataclass
class Applicant:
    uscc: str
    display_name: str
    unit: str
    region_code: str
    industry_code: str
    track: str
    level: int
    legal_form: str = "LEGAL_FORM_LEGAL_PERSON"
    central_group: str = ""

    @property
    def manufacturing_type(self):
        return PROCESS if self.industry_code[:2] in PROCESS_DIVISIONS else DISCRETE

    @property
    def application_id(self):
        return "scenario-2023" if self.track == SCENARIO else "factory-2023"


@dataclass
class Expert:
    id: str
    display_name: str
    employer: str
    unit: str
    industry_codes: list
    employer_uscc: str = ""
    conflict_usccs: tuple = ()

    def message(self):
        return {
            "name": f"experts/{self.id}",
            "display_name": self.display_name,
            "employer": self.employer,
            "employer_uscc": self.employer_uscc,
            "unit": f"units/{self.unit}",
            "industry_codes": self.industry_codes,
            "conflict_usccs": list(self.conflict_usccs),
        }


def units():
    """The 37 places, and three central groups that do not exist."""
    found = places()
    for unit in found:
        if unit.category == "province":
            unit.attributes = {"cumulative_provincial_projects": PROVINCIAL_PROJECTS.get(unit.id, 100)}
    return found + [Unit(id=id, display_name=name, short_name=name, category="central-group") for id, name in GROUPS.items()]


def holders_of_factory_tasks():
    tasks = [row for row in rows("smart_manufacturing_rows.csv") if row["list"] == "智能制造示范工厂揭榜单位"]
    return {plain(row["enterprise"]) for row in tasks}


def invented(number, unit, region_code, **more):
    """A made-up enterprise: those that are refused, and those of the central groups."""
    defaults = {"industry_code": "3831", "track": SCENARIO, "level": 2}
    name = f"示例企业{number}（演练）"
    return Applicant(make_uscc(f"示例企业{number}", region_code), name, unit, region_code, **{**defaults, **more})


def applicants():
    """Some of every unit: real names from the green list, and made-up members of the made-up groups."""
    chosen = random.Random(SEED)
    holders = holders_of_factory_tasks()
    by_unit = {unit.id: [] for unit in places()}
    for row in rows("green_factories.csv"):
        if _can_apply(row, holders):
            by_unit[row["unit_code"]].append(row)
    found = []
    for unit, candidates in by_unit.items():
        chosen.shuffle(candidates)
        found += _of_unit(unit, candidates, chosen)
    for group in GROUPS:
        for number, track in enumerate([SCENARIO] * SCENARIOS_A_UNIT + [FACTORY] * FACTORIES_A_UNIT, 1):
            # Registered anywhere: a central enterprise goes through its group all the same.
            number = f"{group[-1].upper()}{number}"
            found.append(invented(number, group, "110000", track=track, level=chosen.choice((2, 3)), central_group=group))
    return found


def _can_apply(row, holders):
    name, code = plain(row["工厂名称"]), industry_code(row)
    is_branch = "分公司" in name  # where the industry has them (二（一）), and there only
    return bool(code) and name not in holders and not name.startswith(CENTRAL) and (not is_branch or code[:2] in {"25", "26", "32"})


def _of_unit(unit, candidates, chosen):
    factories = 5 if unit == OVER_QUOTA_UNIT else FACTORIES_A_UNIT
    tracks = [SCENARIO] * SCENARIOS_A_UNIT + [FACTORY] * factories
    # One unit in three has a factory with a smart supply chain.
    if int(unit[:2]) % 3 == 0:
        tracks[-1] = SUPPLY_CHAIN
    for track, row in zip(tracks, candidates):
        name = row["工厂名称"]
        yield Applicant(
            uscc=uscc_of(name, unit),
            display_name=name,
            unit=unit,
            region_code=REGISTERED_IN.get(unit, unit),
            industry_code=industry_code(row),
            track=track,
            level=chosen.choices((2, 3, 4), (6, 3, 1))[0],
            legal_form="LEGAL_FORM_BRANCH" if "分公司" in name else "LEGAL_FORM_LEGAL_PERSON",
        )


def experts(applicants, count=64):
    """Made-up experts, nominated in turn by the places. Every eighth is employed by an applicant, every fifth declared a
    conflict with two."""
    chosen = random.Random(SEED + 1)
    nominators = places()
    divisions = sorted({each.industry_code[:2] for each in applicants})
    found = []
    for number in range(1, count + 1):
        employer = chosen.choice(applicants) if number % 8 == 0 else None
        found.append(
            Expert(
                id=f"expert-{number:03d}",
                display_name=f"演练专家{number:03d}",
                employer=employer.display_name if employer else f"示例研究院{number % 7 + 1}（演练）",
                employer_uscc=employer.uscc if employer else "",
                unit=nominators[number % len(nominators)].id,
                industry_codes=chosen.sample(divisions, 5),
                conflict_usccs=tuple(each.uscc for each in chosen.sample(applicants, 2)) if number % 5 == 0 else (),
            )
        )
    return found
