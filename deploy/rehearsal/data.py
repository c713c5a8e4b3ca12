"""The published data of deploy/data, as it is."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from jiebang_client.paperwork import SHANGHAI
from jiebang_client.uscc import make_uscc

DATA = Path(__file__).resolve().parents[1] / "data"
CATEGORIES = {"province": "province", "计划单列市": "separate-plan-city", "新疆生产建设兵团": "corps"}


def rows(name):
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@dataclass
class Unit:
    id: str
    display_name: str
    short_name: str
    category: str
    region_code: str = ""
    parent: str = ""
    aliases: list = field(default_factory=list)
    attributes: dict = field(default_factory=dict)

    def message(self):
        return {
            "name": f"units/{self.id}",
            "display_name": self.display_name,
            "category": self.category,
            "region_code": self.region_code,
            "aliases": self.aliases,
            "attributes": self.attributes,
        }


def places():
    """The 37 recommending units that are places, with every spelling under which the lists have them."""
    spellings = defaultdict(set)
    for row in rows("green_factories.csv"):
        spellings[row["unit_code"]].add(row["地区(as published)"])
    return [
        Unit(
            id=row["code"],
            display_name=row["name"],
            short_name=row["short_name"],
            category=CATEGORIES[row["kind"]],
            region_code=row["code"],
            aliases=sorted(spellings[row["code"]] | {row["short_name"]}),
        )
        for row in rows("recommending_units.csv")
    ]


@dataclass
class PublishedList:
    id: str
    title_zh: str
    title_en: str
    title_id: str
    year: int
    level: str
    announced: datetime
    source: str
    entries: list

    def message(self):
        return {
            "name": f"lists/{self.id}",
            "title_zh": self.title_zh,
            "title_en": self.title_en,
            "title_id": self.title_id,
            "year": self.year,
            "government_level": self.level,
            "source": self.source,
            "announce_time": {"seconds": int(self.announced.timestamp())},
        }


def published_lists():
    """Every list of lists.csv with its rows as entries, ascending by the day of announcement."""
    found = [_published_list(row) for row in rows("lists.csv")]
    return sorted(found, key=lambda each: (each.announced, each.id))


def _published_list(row):
    green = row["file"] == "green_factories.csv"
    entries = _green_entries(row["year"]) if green else _smart_entries(row["year"], row["list"])
    day = datetime.fromisoformat(row["announced"]).replace(tzinfo=SHANGHAI)
    return PublishedList(
        id=row["id"],
        title_zh=row["title_zh"],
        title_en=row["title_en"],
        title_id=row["title_id"],
        year=int(row["year"]) if len(row["year"]) == 4 else day.year,  # the batches 1 to 4 are no years
        level=row["level"],
        announced=day + timedelta(hours=9),
        source="；".join(part for part in (row["document"], "deploy/data/" + row["file"]) if part),
        entries=entries,
    )


def _green_entries(batch):
    return [
        {
            "number": int(row["序号"]),
            "enterprise": row["工厂名称"],
            "uscc": uscc_of(row["工厂名称"], row["unit_code"]),
            "unit_label": row["地区(as published)"],
            "unit": row["unit_code"],
            "industry": row["行业"],
            "remark": "统一社会信用代码为演练生成",
        }
        for row in rows("green_factories.csv")
        if row["批次"] == batch
    ]


def _smart_entries(year, name):
    matching = [row for row in rows("smart_manufacturing_rows.csv") if (row["year"], row["list"]) == (year, name)]
    return [
        {
            "number": number,
            "enterprise": row["enterprise"],
            "uscc": uscc_of(row["enterprise"], _unit_code(row["region"])),
            "project": row["project_or_scene"],
            "unit_label": row["region"],
            "unit": _unit_code(row["region"]),
            "remark": f"统一社会信用代码为演练生成；来源阶段：{row['stage']}",
        }
        for number, row in enumerate(matching, 1)
    ]


@lru_cache(maxsize=None)
def _codes():
    return {unit.short_name: unit.id for unit in places()}


def _unit_code(region):
    """`四川(成都)` is 四川."""
    return _codes()[re.split(r"[(（]", region)[0]]


def plain(name):
    """The name without what publications spell differently: inner spaces, width of brackets."""
    return re.sub(r"\s", "", name).replace("(", "（").replace(")", "）")


def uscc_of(enterprise, region_code):
    """The made-up code of a real enterprise, the same in every list: the published lists have none."""
    return make_uscc(plain(enterprise), region_code)


@lru_cache(maxsize=None)
def _industries():
    return [(row["found_in"], row["text"], row["code"]) for row in rows("industries.csv")]


def industry_code(row):
    """The code of GB/T 4754 for a row of the green list; empty when neither 行业 nor the name says it."""
    for found_in, text, code in _industries():
        if row["行业"] == text if found_in == "industry" else not row["行业"] and text in row["工厂名称"]:
            return code
    return ""
