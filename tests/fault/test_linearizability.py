"""The checker is held against histories whose verdict is known, and against every order of small ones."""

import itertools
import random

import pytest

import operation as op
from explanation import shortest, told
from linearizability import check
from operation import NEVER, Operation
from quota_model import QuotaModel


def recommend(application, start, end, outcome=op.OK):
    return Operation("unit", op.RECOMMEND, start, end, outcome, application)


def remove(application, start, end, outcome=op.OK):
    return Operation("unit", op.REMOVE, start, end, outcome, application)


def lost(change):
    return change.forgotten()


def on_list(applications, start, end):
    return Operation("ministry", op.READ_LIST, start, end, frozenset(applications))


def use(number, start, end):
    return Operation("ministry", op.READ_USE, start, end, number)


GOOD = {
    "nothing": [],
    "one after the other": [recommend("a", 0, 1), on_list("a", 2, 3), remove("a", 4, 5), on_list("", 6, 7)],
    "a read beside a change sees either": [recommend("a", 0, 9), on_list("", 1, 2), on_list("a", 3, 4)],
    "a seat is free as soon as its removal began": [
        recommend("a", 0, 1),
        recommend("b", 2, 3),
        remove("a", 4, 9),
        recommend("c", 5, 6),
        use(2, 7, 8),
    ],
    "full": [recommend("a", 0, 1), recommend("b", 2, 3), recommend("c", 4, 5, op.EXHAUSTED), use(2, 6, 7)],
    "twice": [recommend("a", 0, 1), recommend("a", 2, 3, op.ALREADY_ON_LIST), remove("b", 4, 5, op.NOT_ON_LIST)],
    "unknown happened": [lost(recommend("a", 0, 1)), on_list("", 2, 3), on_list("a", 4, 5)],
    "unknown never happened": [lost(recommend("a", 0, 1)), on_list("", 2, 3), recommend("a", 4, 5)],
    "unknown happened between": [
        recommend("a", 0, 1),
        lost(remove("a", 2, 3)),
        on_list("a", 4, 5),
        recommend("a", 6, 7),
        remove("a", 6, 9, op.NOT_ON_LIST),
    ],
}

BAD = {
    "a lost update": [recommend("a", 0, 1), on_list("", 2, 3)],
    "one too many": [recommend("a", 0, 1), recommend("b", 0, 1), recommend("c", 0, 1)],
    "a stale read": [recommend("a", 0, 9), on_list("a", 1, 2), on_list("", 3, 4)],
    "refused with room": [recommend("a", 0, 1), recommend("b", 2, 3, op.EXHAUSTED)],
    "taken twice": [recommend("a", 0, 1), recommend("a", 2, 3)],
    "removed what is not there": [remove("a", 0, 1)],
    "a use that nobody made": [recommend("a", 0, 1), use(2, 2, 3)],
    "an unknown change undoes itself": [
        lost(recommend("a", 0, 1)),
        on_list("a", 2, 3),
        on_list("", 4, 5),
    ],
    "an unknown change happens twice": [
        lost(recommend("a", 0, 1)),
        on_list("a", 2, 3),
        remove("a", 4, 5),
        on_list("a", 6, 7),
    ],
    "an unknown change happens before it was asked for": [on_list("a", 0, 1), lost(recommend("a", 2, 3))],
}


@pytest.mark.parametrize("name", GOOD)
def test_a_history_that_an_order_explains_is_accepted(name):
    assert check(QuotaModel(2), GOOD[name]) is None


@pytest.mark.parametrize("name", BAD)
def test_a_history_that_no_order_explains_is_rejected(name):
    assert check(QuotaModel(2), BAD[name]) is not None


def explained_by_some_order(model, operations):
    """The definition itself: tries every order of every choice of the unknown ones."""
    known = [each for each in operations if each.is_known]
    unknown = [each for each in operations if not each.is_known]
    for count in range(len(unknown) + 1):
        for happened in itertools.combinations(unknown, count):
            for order in itertools.permutations([*known, *happened]):
                in_time = all(a.start <= b.end for a, b in itertools.combinations(order, 2))
                if in_time and _plays(model, order):
                    return True
    return False


def _plays(model, order):
    state = model.beginning
    for each in order:
        after = model.after(state, each)
        if after is None:
            return False
        state = after
    return True


def random_operation(source):
    start = source.randrange(8)
    end = start + 1 + source.randrange(5)
    application = source.choice("ab")
    kind = source.randrange(6)
    if kind == 0:
        return on_list(source.choice(["", "a", "b", "ab"]), start, end)
    if kind == 1:
        return use(source.randrange(3), start, end)
    change = source.choice([recommend, remove])
    refusals = [op.EXHAUSTED, op.ALREADY_ON_LIST] if change is recommend else [op.NOT_ON_LIST]
    outcome = source.choice([op.OK, op.OK, op.OK, op.UNKNOWN, *refusals])
    made = change(application, start, end, outcome)
    return made.forgotten() if outcome == op.UNKNOWN else made


def test_the_verdict_on_small_histories_is_that_of_trying_every_order():
    seed = random.randrange(10**6)
    source = random.Random(seed)
    verdicts = []
    for _ in range(1500):
        model = QuotaModel(source.choice([1, 2]))
        operations = [random_operation(source) for _ in range(source.randrange(1, 6))]
        expected = explained_by_some_order(model, operations)
        assert (check(model, operations) is None) == expected, (seed, operations)
        verdicts.append(expected)
    assert 150 < sum(verdicts) < 1350, "the histories are too much alike to say anything"


def simulated(source, count, clients=12, limit=10, applications=14):
    """A history of `count` operations that happened one by one, each somewhere between its call and its answer; of some
    the answer was lost; and the list at its end."""
    free_at = [source.random() for _ in range(clients)]
    intervals = []
    for _ in range(count):
        client = min(range(clients), key=free_at.__getitem__)
        start = free_at[client]
        free_at[client] = start + source.random() * 3
        intervals.append((source.uniform(start, free_at[client]), start, free_at[client]))
    model, state, history = QuotaModel(limit), frozenset(), []
    for _, start, end in sorted(intervals):
        name = f"application-{source.randrange(applications):02d}"
        if source.random() < 0.3:
            made = on_list(state, start, end) if source.random() < 0.5 else use(len(state), start, end)
        elif source.random() < 0.6:
            refusal = op.ALREADY_ON_LIST if name in state else op.EXHAUSTED
            made = recommend(name, start, end, refusal if refusal == op.ALREADY_ON_LIST or len(state) == limit else op.OK)
        else:
            made = remove(name, start, end, op.OK if name in state else op.NOT_ON_LIST)
        state = model.after(state, made)
        history.append(made.forgotten() if made.may_change and source.random() < 0.002 else made)
    return history, state


def test_a_history_of_thousands_is_decided():
    seed = random.randrange(10**6)
    history, _ = simulated(random.Random(seed), 4000)
    assert check(QuotaModel(10), history) is None, seed
    # One answer among thousands is changed.
    place = next(i for i in range(2000, 4000) if history[i].kind == op.READ_USE)
    wrong = Operation("ministry", op.READ_USE, history[place].start, history[place].end, 11)
    rejection = check(QuotaModel(10), [*history[:place], wrong, *history[place + 1 :]])
    assert rejection is not None and rejection.operation == wrong, seed


def test_the_explanation_keeps_what_matters_and_nothing_else():
    history, state = simulated(random.Random(7), 400)
    last = max(each.end for each in history)
    # A seat is given, and a later list does not have it.
    given = recommend("lost-1", last + 1, last + 2)
    without = on_list(state, last + 3, last + 4)
    model = QuotaModel(30)
    broken = [each for each in history if each.outcome != op.EXHAUSTED] + [given, without]
    part, rejection = shortest(model, broken, check(model, broken))
    assert rejection.operation.start == without.start
    assert [each.kind for each in part] == [op.RECOMMEND, op.READ_LIST], part
    assert "lost-1" in told(model, broken, check(model, broken))


def test_the_explanation_of_one_seat_too_many_names_the_seats():
    history = [recommend(name, number, number + 0.5) for number, name in enumerate("abc")] + [on_list("abc", 5, 6), use(3, 7, 8)]
    part, rejection = shortest(QuotaModel(2), history, check(QuotaModel(2), history))
    assert [each.application for each in part] == ["a", "b", "c"]
    assert rejection.operation.application == "c"
