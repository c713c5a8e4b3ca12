"""Golden vectors of the maturity scoring, worked out by hand. `python3 -m jiebang_client.golden_maturity` checks them
against fraction_scoring.

Weights that the arithmetic uses, of the whole, for the discrete type (process in brackets where it differs):
  strategy and skills 0.03 each; data 0.0506, integration and security 0.0297 each, together 0.11;
  equipment and network 0.03 each (0.1005 and 0.0495); manufacturing 0.77 (0.68): design 0.1001 (0.0272),
  production 0.3696 (0.4284), logistics and sales 0.1001 (0.102) each, service 0.1001 (0.0204).
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from google.protobuf import text_format

from jiebang_client.contracts import ROOT, message, message_class
from jiebang_client.enterprise import DISCRETE, PROCESS
from jiebang_client.fraction_scoring import LEVELS, evaluate

NATIONAL = "models/gbt39116-2020"
QUICK = "models/quick-check-2026"

NOT, PARTLY, MOSTLY, FULLY = "DEGREE_NOT", "DEGREE_PARTLY", "DEGREE_MOSTLY", "DEGREE_FULLY"

LITERAL = {"total_rule": "TOTAL_RULE_LITERAL_SUM"}
RENORMALISED = {"empty_cell_rule": "EMPTY_CELL_RULE_RENORMALISE"}
INHERITED = {"empty_cell_rule": "EMPTY_CELL_RULE_INHERIT"}
ACROSS = {"tailoring_rule": "TAILORING_RULE_ACROSS_MODEL"}
WITHIN = {"tailoring_rule": "TAILORING_RULE_WITHIN_LAYER"}

PRODUCTION = {
    "procurement",
    "planning",
    "production-operation",
    "equipment-management",
    "warehousing",
    "safety-environment",
    "energy",
}
DESIGN = {"product-design", "process-design"}
SERVICE = {"customer-service", "product-service"}
MANUFACTURING = PRODUCTION | DESIGN | SERVICE | {"logistics", "sales"}
TECHNOLOGY = {"data", "integration", "security"}


@dataclass(frozen=True)
class Vector:
    name: str
    model: str
    manufacturing_type: str
    degree: Callable  # (subdomain, level) -> name of a degree; None: not answered
    level: int
    total: Fraction
    tailored: frozenset = frozenset()
    items: dict = field(default_factory=dict)  # item id -> degree, where an item differs from its subdomain
    scores: dict = field(default_factory=dict)  # level -> score, where the total does not show it
    rules: dict = field(default_factory=dict)  # what is changed in the model; a server only knows vectors without it

    def model_message(self):
        """The model as the vector wants it: the one that is shipped, with the vector's rules."""
        changed = message("jiebang.maturity.v1.Model")
        changed.CopyFrom(load_model(self.model))
        changed.MergeFrom(message("jiebang.maturity.v1.Model", **self.rules))
        return changed

    def degrees(self):
        """Item id -> name of a degree, for every item that counts and is answered."""
        kind = self.manufacturing_type.removeprefix("MANUFACTURING_TYPE_").lower()
        answered = {
            item.id: self.items.get(item.id, self.degree(subdomain.id, item.level))
            for element in load_model(self.model).elements
            for domain in element.domains
            for subdomain in domain.subdomains
            if all(getattr(part.weights, kind) for part in (element, domain, subdomain))
            if subdomain.id not in self.tailored
            for item in subdomain.items
        }
        assert self.items.keys() <= answered.keys(), self.name
        return {item: degree for item, degree in answered.items() if degree}


@lru_cache(maxsize=None)
def load_model(name):
    """A model that is shipped. Copy it before changing it."""
    text = (ROOT / "deploy" / f"{name}.textproto").read_text(encoding="utf-8")
    return text_format.Parse(text, message_class("jiebang.maturity.v1.Model")())


def everywhere(*by_level):
    """The same degree in every subdomain: those of levels 1 to 5; the last one given goes on."""
    return lambda subdomain, level: by_level[min(level, len(by_level)) - 1]


def where(subdomains, then, otherwise, below=FULLY, at=1, above=NOT):
    """At level `at` one degree in some subdomains and another in the others; the same everywhere below and above it."""
    return lambda subdomain, level: (
        below if level < at else above if level > at else then if subdomain in subdomains else otherwise
    )


def vector(manufacturing_type, name, degree, level, total, model=NATIONAL, tailored=(), scores=(), **more):
    """Totals and scores are given as Fraction takes them: 5, "0.8", Fraction(11, 94)."""
    scores = {level: Fraction(score) for level, score in dict(scores).items()}
    more |= {"tailored": frozenset(tailored), "scores": scores}
    return Vector(name, model, manufacturing_type, degree, level, Fraction(total), **more)


def discrete(name, *arguments, **more):
    return vector(DISCRETE, name, *arguments, **more)


def process(name, *arguments, **more):
    return vector(PROCESS, f"{name}, process", *arguments, **more)


def both(name, *arguments, **more):
    return discrete(name, *arguments, **more), process(name, *arguments, **more)


# Levels 1, 2, 3 of 0.75, 0.70, 0.40 from degrees of whole subdomains (discrete):
#   level 1: manufacturing mostly 0.616, technology fully 0.11, strategy mostly 0.024, the rest not: 0.75;
#   level 2: manufacturing mostly 0.616, strategy mostly 0.024, equipment and network fully 0.06, the rest not: 0.70;
#   level 3: manufacturing partly 0.385, skills partly 0.015, the rest not: 0.40. Strategy must be not satisfied here,
#   because levels 4 and 5 inherit it.
def _three_unsatisfied_levels(subdomain, level):
    mostly = MANUFACTURING | {"strategy"}
    if level == 1:
        return FULLY if subdomain in TECHNOLOGY else MOSTLY if subdomain in mostly else NOT
    if level == 2:
        return FULLY if subdomain in {"equipment", "network"} else MOSTLY if subdomain in mostly else NOT
    return PARTLY if level == 3 and subdomain in MANUFACTURING | {"skills"} else NOT


_THREE_SCORES = {1: "0.75", 2: "0.7", 3: "0.4", 4: 0, 5: 0}

SIMPLE = [
    *both("everything fully", everywhere(FULLY), 5, 5),
    *both("everything not", everywhere(NOT), 0, 0),
    *both("everything partly: below level 1", everywhere(PARTLY), 0, "0.5"),
    # Exactly 0.8 at every level, whatever the weights: satisfied, so each counts 1. Doubles say 0.7999....
    *both("everything mostly", everywhere(MOSTLY), 5, 5, scores={n: "0.8" for n in LEVELS}),
    # What is not answered is not satisfied.
    *both("level 1 fully, nothing else answered", everywhere(FULLY, None), 1, 1),
    *both("nothing answered", everywhere(None), 0, 0),
    *both("level 1 partly", everywhere(PARTLY, NOT), 0, "0.5"),
    # A2 = 0.8 × 0.6304 + 0.5 × 0.3696 = 0.50432 + 0.1848 = 0.68912.
    discrete("production partly at level 2", where(PRODUCTION, PARTLY, MOSTLY, at=2), 1, "1.68912"),
    # A2 = 0.8 × 0.5716 + 0.5 × 0.4284 = 0.45728 + 0.2142 = 0.67148.
    process("production partly at level 2", where(PRODUCTION, PARTLY, MOSTLY, at=2), 1, "1.67148"),
    # A1 by element: manufacturing alone fully is 0.77, not satisfied; 0.68 for the process type.
    discrete("manufacturing alone", where(MANUFACTURING, FULLY, NOT), 0, "0.77"),
    process("manufacturing alone", where(MANUFACTURING, FULLY, NOT), 0, "0.68"),
]

# Stops at level 2, which is half satisfied: 1 + 0.5. The literal sum is 1 + 0.5 + 1 + 1 + 1 = 4.5, from 3.8 on level 4.
TOTALS = [
    *both("points above an unsatisfied level do not count", everywhere(FULLY, PARTLY, FULLY), 1, "1.5"),
    *both("the literal sum counts them", everywhere(FULLY, PARTLY, FULLY), 4, "4.5", rules=LITERAL),
    discrete("0.75, 0.70, 0.40", _three_unsatisfied_levels, 0, "0.75", scores=_THREE_SCORES),
    # 0.75 + 0.70 + 0.40 = 1.85: level 2 though no level is satisfied, which is why counting stops by default.
    discrete("0.75, 0.70, 0.40 literally", _three_unsatisfied_levels, 2, "1.85", scores=_THREE_SCORES, rules=LITERAL),
]

# Everything mostly is 0.8 at every level. An item less (0.5) lowers its level by 0.3 × weight / items of the cell, one
# more (1) raises it by 0.2 × weight / items. The least that moves a level of the discrete type is an item in a cell of
# three of integration or security: 0.0297 / 3 = 0.0099. For the process type it is one of the four of process design
# at level 3 or 4: 0.0272 / 4 = 0.0068.
BOUNDARY = [
    # A3 = 0.8 − 0.3 × 0.0099 = 0.79703. Integration has items at level 4, so nothing else moves.
    discrete(
        "one item of level 3 below 0.8",
        everywhere(MOSTLY),
        2,
        "2.79703",
        items={"integration-3-c": PARTLY},
        scores={3: "0.79703", 4: "0.8"},
    ),
    # A3 = 0.8 + 0.2 × 0.0099 = 0.80198, which a total of 5 does not show.
    discrete(
        "one item of level 3 above 0.8",
        everywhere(MOSTLY),
        5,
        5,
        items={"integration-3-c": FULLY},
        scores={3: "0.80198"},
    ),
    # A3 = 0.8 − 0.3 × 0.0068 = 0.79796, and 0.8 + 0.2 × 0.0068 = 0.80136.
    process(
        "one item of level 3 below 0.8",
        everywhere(MOSTLY),
        2,
        "2.79796",
        items={"process-design-3-a": PARTLY},
        scores={3: "0.79796"},
    ),
    process(
        "one item of level 3 above 0.8",
        everywhere(MOSTLY),
        5,
        5,
        items={"process-design-3-a": FULLY},
        scores={3: "0.80136"},
    ),
    # An item less in one place and one more in another. A level 3 shown as 0.8000 that is not satisfied:
    # 0.8 − 0.3 × 0.0099 + 0.2 × 0.059136 / 4 = 0.8 − 0.00297 + 0.0029568 = 0.7999868;
    # process 0.8 − 0.3 × 0.0495 / 3 + 0.2 × 0.098532 / 4 = 0.8 − 0.00495 + 0.0049266 = 0.7999766.
    discrete(
        "a hair below 0.8",
        everywhere(MOSTLY),
        2,
        "2.7999868",
        items={"integration-3-a": PARTLY, "production-operation-3-a": FULLY},
        scores={3: "0.7999868", 4: "0.8"},
    ),
    process(
        "a hair below 0.8",
        everywhere(MOSTLY),
        2,
        "2.7999766",
        items={"network-3-a": PARTLY, "production-operation-3-a": FULLY},
        scores={3: "0.7999766", 4: "0.8"},
    ),
    # The only item of integration at level 1: A1 = 0.8 − 0.3 × 0.0297 = 0.79109.
    *both(
        "one item of level 1 below 0.8",
        everywhere(MOSTLY),
        0,
        "0.79109",
        items={"integration-1-a": PARTLY},
        scores={2: "0.8"},
    ),
    # A5 = 0.8 − 0.3 × 0.0506 = 0.78482: the only item of data at level 5, and 4.78482 is still level 4.
    *both("one item of level 5 below 0.8", everywhere(MOSTLY), 4, "4.78482", items={"data-5-a": PARTLY}),
    # Skills and equipment weigh 0.03 each and have two items each at level 3, so each item 0.015; strategy is alike.
    # Two partly lose 2 × 0.3 × 0.015 = 0.009, three fully gain 3 × 0.2 × 0.015 = 0.009: exactly 0.8 again, from unlike
    # degrees. Levels 4 and 5 inherit strategy of 0.9: 0.8 + 0.03 × 0.1 = 0.803.
    discrete(
        "exactly 0.8 from unlike degrees",
        everywhere(MOSTLY),
        5,
        5,
        items={
            "skills-3-a": PARTLY,
            "skills-3-b": PARTLY,
            "equipment-3-a": FULLY,
            "equipment-3-b": FULLY,
            "strategy-3-a": FULLY,
        },
        scores={3: "0.8", 4: "0.803", 5: "0.803"},
    ),
    # The same with one fully less: 0.8 − 0.2 × 0.015 = 0.797.
    discrete(
        "one item below exactly 0.8 from unlike degrees",
        everywhere(MOSTLY),
        2,
        "2.797",
        items={"skills-3-a": PARTLY, "skills-3-b": PARTLY, "equipment-3-a": FULLY, "strategy-3-a": FULLY},
        scores={3: "0.797", 4: "0.803"},
    ),
]

# Strategy has no items at levels 4 and 5; skills, integration, security and network have none at level 5. Strategy
# weighs 0.03 for both types.
EMPTY_CELLS = [
    # Levels 1 and 2 fully, 3 mostly, 4 partly, 5 not. A4 is 0.5 but for strategy, which brings 0.8 along from level 3:
    # 0.5 × 0.97 + 0.8 × 0.03 = 0.509.
    *both("falling by level", everywhere(FULLY, FULLY, MOSTLY, PARTLY, NOT), 3, "3.509", scores={3: "0.8"}),
    # Where empty cells drop out, A4 = 0.5 and the total is 3.5.
    *both(
        "falling by level, empty cells dropped",
        everywhere(FULLY, FULLY, MOSTLY, PARTLY, NOT),
        3,
        "3.5",
        scores={3: "0.8", 5: 0},
        rules=RENORMALISED,
    ),
    # One of the two items of strategy at level 3 partly: strategy is 0.65, and levels 3, 4 and 5 are all
    # 0.8 − 0.03 × 0.15 = 0.7955. Counting stops at level 3; literally 2 + 3 × 0.7955 = 4.3865.
    *both(
        "an item of strategy moves levels 3 to 5",
        everywhere(MOSTLY),
        2,
        "2.7955",
        items={"strategy-3-a": PARTLY},
        scores={n: "0.7955" for n in (3, 4, 5)},
    ),
    *both(
        "an item of strategy moves levels 3 to 5, literally",
        everywhere(MOSTLY),
        4,
        "4.3865",
        items={"strategy-3-a": PARTLY},
        rules=LITERAL,
    ),
    # Dropped: levels 4 and 5 stay at 0.8 and count 1; 2 + 0.7955 + 1 + 1.
    *both(
        "an item of strategy moves level 3 alone",
        everywhere(MOSTLY),
        4,
        "4.7955",
        items={"strategy-3-a": PARTLY},
        scores={4: "0.8", 5: "0.8"},
        rules=LITERAL | RENORMALISED,
    ),
    # Strategy not at all at level 3: A3 = 0.97 is satisfied, but the inherited 0 costs level 4: 0.8 × 0.97 = 0.776.
    *both(
        "what is inherited costs level 4",
        everywhere(FULLY, FULLY, FULLY, MOSTLY),
        3,
        "3.776",
        items={"strategy-3-a": NOT, "strategy-3-b": NOT},
        scores={3: "0.97"},
    ),
    *both(
        "what is dropped does not",
        everywhere(FULLY, FULLY, FULLY, MOSTLY),
        5,
        5,
        items={"strategy-3-a": NOT, "strategy-3-b": NOT},
        scores={4: "0.8"},
        rules=RENORMALISED,
    ),
    # Level 5 not, all below fully. Five subdomains bring their 1 along: strategy and skills 0.03 each, integration and
    # security 0.0297 each, network 0.03 (0.0495): 0.1494 (0.1689).
    discrete("what level 5 inherits", everywhere(FULLY, FULLY, FULLY, FULLY, NOT), 4, "4.1494"),
    process("what level 5 inherits", everywhere(FULLY, FULLY, FULLY, FULLY, NOT), 4, "4.1689"),
    # Dropped at level 5: personnel is gone, so the elements are 11, 6 and 77 of 94 (11, 15 and 68 for process);
    # technology is data alone, resources equipment alone. Data fully, the rest not: 11/94.
    *both("level 5 without personnel", where({"data"}, FULLY, NOT, at=5), 4, 4 + Fraction(11, 94), rules=RENORMALISED),
    # Across the model, data is 0.0506 of what has items at level 5: 1 − 0.1494 = 0.8506 (process 1 − 0.1689 = 0.8311).
    discrete(
        "level 5 across the model",
        where({"data"}, FULLY, NOT, at=5),
        4,
        4 + Fraction(506, 8506),
        rules=RENORMALISED | ACROSS,
    ),
    process(
        "level 5 across the model",
        where({"data"}, FULLY, NOT, at=5),
        4,
        4 + Fraction(506, 8311),
        rules=RENORMALISED | ACROSS,
    ),
]

_OPTIONAL = DESIGN | SERVICE | {"logistics", "sales"}
_PROCESS_OPTIONAL = _OPTIONAL - {"product-design", "product-service"}  # which the process type does not have

TAILORING = [
    # Only production is left of manufacturing and takes all of its 0.77 (0.68).
    # Level 2: 0.8 × 0.23 + 0.5 × 0.77 = 0.569; process 0.8 × 0.32 + 0.5 × 0.68 = 0.596.
    discrete("without all that is optional", where(PRODUCTION, PARTLY, MOSTLY, at=2), 1, "1.569", tailored=_OPTIONAL),
    process(
        "without all that is optional", where(PRODUCTION, PARTLY, MOSTLY, at=2), 1, "1.596", tailored=_PROCESS_OPTIONAL
    ),
    # Across the model, 0.23 + 0.3696 = 0.5996 is left: (0.8 × 0.23 + 0.5 × 0.3696) / 0.5996 = 0.3688 / 0.5996.
    # Process: 0.32 + 0.4284 = 0.7484: (0.8 × 0.32 + 0.5 × 0.4284) / 0.7484 = 0.4702 / 0.7484.
    discrete(
        "without all that is optional, across",
        where(PRODUCTION, PARTLY, MOSTLY, at=2),
        1,
        1 + Fraction(3688, 5996),
        tailored=_OPTIONAL,
        rules=ACROSS,
    ),
    process(
        "without all that is optional, across",
        where(PRODUCTION, PARTLY, MOSTLY, at=2),
        1,
        1 + Fraction(4702, 7484),
        tailored=_PROCESS_OPTIONAL,
        rules=ACROSS,
    ),
    # All mostly is 0.8 whatever is left out.
    discrete(
        "everything mostly without all that is optional",
        everywhere(MOSTLY),
        5,
        5,
        tailored=_OPTIONAL,
        scores={n: "0.8" for n in LEVELS},
    ),
    # Design and production alone are 13/61 and 48/61 of manufacturing. Production not, the rest fully:
    # 0.23 + 0.77 × 13/61 = (14.03 + 10.01) / 61.
    discrete(
        "design and production alone",
        where(PRODUCTION, NOT, FULLY, at=2),
        1,
        1 + Fraction(2404, 6100),
        tailored=SERVICE | {"logistics", "sales"},
    ),
    # Process: design 4 and production 63 of 67: 0.32 + 0.68 × 4/67 = (21.44 + 2.72) / 67.
    process(
        "design and production alone",
        where(PRODUCTION, NOT, FULLY, at=2),
        1,
        1 + Fraction(2416, 6700),
        tailored={"customer-service", "logistics", "sales"},
    ),
    # Its sister gives customer service all of the domain's 0.1001: 0.5 + 0.5 × 0.1001.
    discrete(
        "without product service",
        where({"customer-service"}, FULLY, PARTLY),
        0,
        "0.55005",
        tailored={"product-service"},
    ),
    # Across the model it has 0.05005 of 1 − 0.05005: 0.5 + 0.5 × 0.05005 / 0.94995.
    discrete(
        "without product service, across",
        where({"customer-service"}, FULLY, PARTLY),
        0,
        Fraction(1, 2) + Fraction(5005, 2 * 94995),
        tailored={"product-service"},
        rules=ACROSS,
    ),
]

# The quick check, whose rules are to drop empty cells and to share across the model. Weights of the whole (process in
# brackets): people 0.1; data 0.12, cyber-security 0.08; equipment 0.1 (0.2); planning 0.144 (0.105), quality 0.108
# (0.14), materials 0.108 (0.105); design 0.12 (0.05); sales-service 0.12 (0.1).
_SHOP = {"planning", "quality", "materials"}
QUICK_CHECK = [
    *both("quick check mostly", everywhere(MOSTLY), 5, 5, model=QUICK),
    # Everything partly but sales-service: 0.5 + 0.5 × 0.12; process 0.5 + 0.5 × 0.1.
    discrete("quick check of sales", where({"sales-service"}, FULLY, PARTLY), 0, "0.56", model=QUICK),
    process("quick check of sales", where({"sales-service"}, FULLY, PARTLY), 0, "0.55", model=QUICK),
    # Only data and planning have an item at level 5. Data fully, planning partly:
    # (0.12 + 0.5 × 0.144) / (0.12 + 0.144) = 0.192 / 0.264; process (0.12 + 0.0525) / (0.12 + 0.105) = 0.1725 / 0.225.
    discrete("quick check at level 5", where({"data"}, FULLY, PARTLY, at=5), 4, 4 + Fraction(192, 264), model=QUICK),
    process("quick check at level 5", where({"data"}, FULLY, PARTLY, at=5), 4, 4 + Fraction(1725, 2250), model=QUICK),
    # Within layers technology and manufacturing are 20 and 60 of 80 (20 and 50 of 70), data and planning all of them:
    # 1/4 + 1/2 × 3/4 = 5/8; 2/7 + 1/2 × 5/7 = 9/14.
    discrete(
        "quick check at level 5, within layers",
        where({"data"}, FULLY, PARTLY, at=5),
        4,
        Fraction(37, 8),
        rules=WITHIN,
        model=QUICK,
    ),
    process(
        "quick check at level 5, within layers",
        where({"data"}, FULLY, PARTLY, at=5),
        4,
        4 + Fraction(9, 14),
        rules=WITHIN,
        model=QUICK,
    ),
    # Inherited, level 5 not and all below fully: all but data and planning bring 1 along: 1 − 0.264.
    discrete(
        "quick check inherited", everywhere(FULLY, FULLY, FULLY, FULLY, NOT), 4, "4.736", rules=INHERITED, model=QUICK
    ),
    # Without sales-service 0.88 is left: 0.5 + 0.5 × 0.36 / 0.88; process 0.9: 0.5 + 0.5 × 0.35 / 0.9.
    discrete(
        "quick check without sales",
        where(_SHOP, FULLY, PARTLY),
        0,
        Fraction(31, 44),
        tailored={"sales-service"},
        model=QUICK,
    ),
    process(
        "quick check without sales",
        where(_SHOP, FULLY, PARTLY),
        0,
        Fraction(1, 2) + Fraction(175, 900),
        tailored={"sales-service"},
        model=QUICK,
    ),
    # Within layers production is 60 of 80 of manufacturing: 0.5 + 0.5 × 0.6 × 0.75.
    discrete(
        "quick check without sales, within layers",
        where(_SHOP, FULLY, PARTLY),
        0,
        "0.725",
        tailored={"sales-service"},
        rules=WITHIN,
        model=QUICK,
    ),
    # Level 3 has people 0.1, data 0.12, equipment 0.1, planning 0.144, quality 0.108, and without design 0.572 in all.
    # People not, the rest fully: 0.472 / 0.572 = 0.825, satisfied; with people and data not 0.352 / 0.572.
    discrete(
        "quick check at level 3 without design",
        where({"people"}, NOT, FULLY, at=3),
        3,
        3,
        tailored={"design"},
        scores={3: Fraction(472, 572)},
        model=QUICK,
    ),
    discrete(
        "quick check below level 3 without design",
        where({"people", "data"}, NOT, FULLY, at=3),
        2,
        2 + Fraction(352, 572),
        tailored={"design"},
        model=QUICK,
    ),
]

VECTORS = [*SIMPLE, *TOTALS, *BOUNDARY, *EMPTY_CELLS, *TAILORING, *QUICK_CHECK]


def differences(vector):
    """What fraction_scoring says otherwise; empty: it agrees."""
    model = vector.model_message()
    result = evaluate(model, vector.manufacturing_type, vector.tailored, vector.degrees())
    found = []
    if (result.level, result.total) != (vector.level, vector.total):
        found.append(f"{vector.name}: {result.level}, {result.total} instead of {vector.level}, {vector.total}")
    for level, score in vector.scores.items():
        if result.levels[level].score != score:
            found.append(f"{vector.name}: level {level} {result.levels[level].score} instead of {score}")
    for level in LEVELS:
        if sum(each.weight for each in result.levels[level].subdomains.values()) != 1:
            found.append(f"{vector.name}: the weights of level {level} do not sum to 1")
    return found


def main():
    found = [difference for vector in VECTORS for difference in differences(vector)]
    print("\n".join(found) or f"{len(VECTORS)} vectors agree.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
