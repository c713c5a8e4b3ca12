"""Scores over the wire against an independent computation in exact fractions (jiebang_client.fraction_scoring): the
golden vectors, which were worked out by hand, and random ones; alone and in a batch."""

import random
from fractions import Fraction

import pytest

from jiebang_client.enterprise import DISCRETE, PROCESS
from jiebang_client.fraction_scoring import evaluate
from jiebang_client.golden_maturity import NATIONAL, QUICK, VECTORS, load_model

DEGREES = ("DEGREE_NOT", "DEGREE_PARTLY", "DEGREE_MOSTLY", "DEGREE_FULLY")
# A server knows the models that are shipped; vectors that change a rule are checked by the independent computation alone.
ASKED = [vector for vector in VECTORS if not vector.rules]


def exactly(fraction):
    return Fraction(fraction.numerator, fraction.denominator)


def request(model, manufacturing_type, tailored, degrees):
    return {
        "model": model,
        "manufacturing_type": manufacturing_type,
        "tailored_subdomains": [{"subdomain": each, "reason": "没有这项业务"} for each in sorted(tailored)],
        "answers": [{"item": item, "degree": degree} for item, degree in degrees.items()],
    }


def assert_agrees(result, expected):
    assert result.level == expected.level
    assert exactly(result.total) == expected.total
    for level in result.levels:
        wanted = expected.levels[level.level]
        assert exactly(level.score) == wanted.score, f"level {level.level}"
        found = {each.subdomain: (exactly(each.score), exactly(each.weight)) for each in level.subdomains}
        assert found == {name: (each.score, each.weight) for name, each in wanted.subdomains.items()}


def random_vector(generator, name, manufacturing_type):
    """Answers that reach any level, with anything tailored out that may be."""
    kind = "discrete" if manufacturing_type == DISCRETE else "process"
    good_up_to = generator.randint(0, 5)
    tailored, degrees = set(), {}
    for element in load_model(name).elements:
        for domain in element.domains:
            for subdomain in domain.subdomains:
                if not all(getattr(part.weights, kind) for part in (element, domain, subdomain)):
                    continue
                if not domain.mandatory and generator.random() < 0.3:
                    tailored.add(subdomain.id)
                    continue
                for item in subdomain.items:
                    if generator.random() < 0.04:
                        continue
                    good = item.level <= good_up_to and generator.random() < 0.9
                    degrees[item.id] = generator.choice(DEGREES[2:] if good else DEGREES)
    return tailored, degrees


@pytest.mark.parametrize("vector", ASKED, ids=lambda vector: vector.name)
def test_a_golden_vector_comes_out(world, vector):
    asked = request(vector.model, vector.manufacturing_type, vector.tailored, vector.degrees())

    result = world.suite.nobody().call("MaturityService/EvaluateAnswers", **asked).result

    assert result.level == vector.level
    assert exactly(result.total) == vector.total
    assert_agrees(result, evaluate(load_model(vector.model), vector.manufacturing_type, vector.tailored, vector.degrees()))


@pytest.mark.parametrize("model", [NATIONAL, QUICK])
@pytest.mark.parametrize("manufacturing_type", [DISCRETE, PROCESS])
def test_random_answers_agree_with_exact_fractions(world, model, manufacturing_type):
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    generator = random.Random(seed)
    vectors = [random_vector(generator, model, manufacturing_type) for _ in range(60)]
    requests = [
        {"evaluation_id": str(i), "detail": "DETAIL_SUBDOMAINS", **request(model, manufacturing_type, *vector)}
        for i, vector in enumerate(vectors)
    ]

    answers = list(world.ministry.exchange("MaturityService/EvaluateBatch", requests))

    assert [answer.evaluation_id for answer in answers] == [str(i) for i in range(len(vectors))]
    for (tailored, degrees), answer in zip(vectors, answers):
        assert_agrees(answer.result, evaluate(load_model(model), manufacturing_type, tailored, degrees))


def test_an_explanation_adds_up_to_the_total(world):
    generator = random.Random(7)
    tailored, degrees = random_vector(generator, NATIONAL, DISCRETE)
    asked = request(NATIONAL, DISCRETE, tailored, degrees)

    answer = world.suite.nobody().call("MaturityService/EvaluateAnswers", explain=True, **asked)

    summed = lambda parts: sum(exactly(part.weight) * exactly(part.score) for part in parts)
    for level in answer.explanation.levels:
        assert summed(level.elements) == exactly(level.score)
        for element in level.elements:
            assert summed(element.domains) == exactly(element.score)
            for domain in element.domains:
                assert summed(domain.subdomains) == exactly(domain.score)
    assert sum(exactly(level.counted) for level in answer.explanation.levels) == exactly(answer.result.total)
