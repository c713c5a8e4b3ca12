"""The scoring of GB/T 39117-2020 in exact fractions: a second opinion on the service, made from the method and not from
the service's code.

Where the text of the method was not found, the model's rules say what is done. All of them are here, so that a result
can be checked under each.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import prod

LEVELS = (1, 2, 3, 4, 5)

_PARTS = {"Model": "elements", "Element": "domains", "Domain": "subdomains"}


@dataclass(frozen=True)
class SubdomainScore:
    score: Fraction
    weight: Fraction
    of_level: int  # where its items are: a lower level when the score is inherited


@dataclass(frozen=True)
class LevelScore:
    score: Fraction
    satisfied: bool
    subdomains: dict  # those that count at this level, by id


@dataclass(frozen=True)
class Result:
    level: int
    total: Fraction
    levels: dict  # by level, 1 to 5


def evaluate(model, manufacturing_type, tailored, degrees):
    """What `degrees` come to: item id -> name of a degree; an item without one is not satisfied.

    `manufacturing_type` is a name of the enum, `tailored` the ids of the subdomains that are left out. Nothing is
    refused: that only optional domains may be left out is the caller's to know."""
    kind = manufacturing_type.removeprefix("MANUFACTURING_TYPE_").lower()
    paths = [path for path in _paths(model) if _weight(path, kind) > 0 and path[-1].id not in tailored]
    worth = _worth(model)
    levels = {level: _level_score(model, level, paths, kind, worth, degrees) for level in LEVELS}
    return Result(*_count_levels(model, [levels[level].score for level in LEVELS]), levels)


def _count_levels(model, scores):
    """The level and the total that the scores of levels 1 to 5 come to."""
    # GB/T 39117-2020: a level is satisfied from 0.8 on and then counts 1, any other its score.
    threshold = Fraction(model.satisfied_permille, 1000)
    total = Fraction(0)
    for score in scores:
        total += 1 if score >= threshold else score
        # The method says "sum"; that counting stops is ours: a higher level presupposes the lower ones.
        if score < threshold and model.total_rule == model.TOTAL_RULE_STOP_AT_FIRST_UNSATISFIED:
            break
    # GB/T 39117-2020: level 1 from a total of 0.8 on, level 2 from 1.8, ..., level 5 from 4.8.
    return sum(total >= level - 1 + threshold for level in LEVELS), total


def _level_score(model, level, paths, kind, worth, degrees):
    counted = []  # (path, the level of its items, its score)
    for path in paths:
        of_level = _level_of_items(model, path[-1], level)
        if of_level is None:
            continue
        # GB/T 39117-2020: a subdomain's score is the arithmetic mean of its requirements of the level.
        marks = [worth[degrees.get(item.id, "DEGREE_NOT")] for item in path[-1].items if item.level == of_level]
        counted.append((path, of_level, sum(marks) / len(marks)))

    weights = _weights(model, [path for path, _, _ in counted], kind)
    subdomains = {path[-1].id: SubdomainScore(mean, weights[path[-1].id], of) for path, of, mean in counted}
    # Domains, elements and the level are weighted sums, which is one sum with the products of the weights.
    score = sum((each.weight * each.score for each in subdomains.values()), Fraction(0))
    return LevelScore(score, score >= Fraction(model.satisfied_permille, 1000), subdomains)


def _level_of_items(model, subdomain, level):
    """The level whose items a subdomain is judged by at `level`; None: it does not count there. Ours: the method does
    not say what a subdomain without requirements counts."""
    with_items = {item.level for item in subdomain.items if item.level <= level}
    if level in with_items:
        return level
    return max(with_items, default=None) if model.empty_cell_rule == model.EMPTY_CELL_RULE_INHERIT else None


def _weights(model, paths, kind):
    """What each subdomain weighs when only those of `paths` count. Ours: the method only says what may be left out."""
    present = {path[-1].id for path in paths}
    if model.tailoring_rule == model.TAILORING_RULE_WITHIN_LAYER:
        return dict(_shares(model, Fraction(1), present, kind))
    whole = sum(_weight(path, kind) for path in paths)
    return {path[-1].id: Fraction(_weight(path, kind), whole) for path in paths}


def _shares(node, share, present, kind):
    """Divides the share of a node among its parts with something present, in proportion, down to the subdomains."""
    if node.DESCRIPTOR.name == "Subdomain":
        yield node.id, share
        return
    parts = [part for part in _parts(node) if any(path[-1].id in present for path in _paths(part))]
    whole = sum(getattr(part.weights, kind) for part in parts)
    for part in parts:
        yield from _shares(part, share * Fraction(getattr(part.weights, kind), whole), present, kind)


def _parts(node):
    return getattr(node, _PARTS[node.DESCRIPTOR.name])


def _paths(node):
    """The ways down to the subdomains below a node; from the model on: (element, domain, subdomain)."""
    if node.DESCRIPTOR.name == "Subdomain":
        return [(node,)]
    above = () if node.DESCRIPTOR.name == "Model" else (node,)
    return [above + path for part in _parts(node) for path in _paths(part)]


def _weight(path, kind):
    """The weight in the original table: element × domain × subdomain, in millionths. 0: the type does not have it."""
    return prod(getattr(node.weights, kind) for node in path)


def _worth(model):
    """What each degree is worth: 0, 0.5, 0.8 and 1 in GB/T 39117-2020."""
    names = model.DESCRIPTOR.fields_by_name["scale"].message_type.fields_by_name["degree"].enum_type.values_by_number
    return {names[step.degree].name: Fraction(step.tenths, 10) for step in model.scale}
