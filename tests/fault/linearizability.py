"""Whether a history can be explained by operations that each happened at one moment between call and answer.

The search is Lowe's just-in-time form of Wing and Gong's (G. Lowe, "Testing for linearizability", 2017): it goes through
the calls and answers in their order and keeps every *configuration* that is still possible: the state, and which of the
running operations have happened already. At an answer, running operations are let happen, in every order, until the
answered one has; what leads to a configuration that was seen before is not followed twice. An answer after which no
configuration is left is one that nothing explains.

Three things keep that small for histories of thousands of operations. What changes nothing happens as soon as it can, for
that never closes a way. A configuration in which more of such operations have happened stands for those in which fewer
have. And operations of unknown outcome, which never end, are taken to have happened only when nothing else explains the
history: first none of them, then one, then two.
"""

from dataclasses import dataclass

import operation as op


@dataclass(frozen=True)
class Rejection:
    """Nothing explains `operation`'s answer. `running`: what ran at that time; `states`: what could be the state before."""

    operation: op.Operation
    running: tuple
    states: frozenset


def check(model, operations, beginnings=None):
    """None when the history is linearizable, otherwise its Rejection. `beginnings`: the states of which the list may have
    been in any at first; by default the model's own."""
    events = _events(operations)
    unknown = sum(each.may_change and not each.is_known for each in operations)
    rejection = None
    for allowed in range(unknown + 1):
        search = _Search(model, allowed)
        found = search.run(events, beginnings or [model.beginning])
        if found is None:
            return None
        # The most generous search has the last word.
        rejection = found
        if not search.was_limited:
            break
    return rejection


def _events(operations):
    """(time, whether it is an answer, number, operation), in order; calls before answers of the same moment."""
    events = []
    for number, each in enumerate(operations):
        events.append((each.start, False, number, each))
        if each.is_known:
            events.append((each.end, True, number, each))
    return sorted(events, key=lambda event: event[:3])


class _Search:
    """A configuration is (state, changes that happened, other operations that happened, unknown ones that happened); the
    first two sets are of running operations only."""

    def __init__(self, model, allowed_unknown):
        self._model = model
        self._allowed_unknown = allowed_unknown
        self._changes, self._others = {}, {}  # those that run, by number
        self.was_limited = False

    def run(self, events, beginnings):
        configurations = {(state, frozenset(), frozenset(), frozenset()) for state in beginnings}
        for _, is_answer, number, operation in events:
            if not is_answer:
                (self._changes if operation.may_change else self._others)[number] = operation
                configurations = {self._with_harmless(each) for each in configurations}
                continue
            survivors = self._until(configurations, number)
            (self._changes if operation.may_change else self._others).pop(number)
            if not survivors:
                states = frozenset(state for state, *_ in configurations)
                return Rejection(operation, (*self._changes.values(), *self._others.values()), states)
            configurations = _without_weaker(_forget(each, number) for each in survivors)
        return None

    def _until(self, configurations, wanted):
        """Every configuration in which `wanted` has happened, and nothing after it."""
        seen, todo, found = set(configurations), list(configurations), set()
        while todo:
            configuration = todo.pop()
            _, changed, harmless, _ = configuration
            if wanted in changed or wanted in harmless:
                found.add(configuration)
                continue
            for following in self._followers(configuration):
                if following not in seen:
                    seen.add(following)
                    todo.append(following)
        return found

    def _followers(self, configuration):
        state, changed, harmless, guessed = configuration
        for number, operation in self._changes.items():
            if number in changed or number in guessed:
                continue
            after = self._model.after(state, operation)
            if after is None:
                continue
            if operation.is_known:
                yield self._with_harmless((after, changed | {number}, harmless, guessed))
            elif len(guessed) < self._allowed_unknown:
                yield self._with_harmless((after, changed, harmless, guessed | {number}))
            else:
                self.was_limited = True

    def _with_harmless(self, configuration):
        state, changed, harmless, guessed = configuration
        more = [
            number
            for number, operation in self._others.items()
            if number not in harmless and self._model.after(state, operation) is not None
        ]
        return (state, changed, harmless | frozenset(more), guessed) if more else configuration


def _forget(configuration, number):
    state, changed, harmless, guessed = configuration
    return state, changed - {number}, harmless - {number}, guessed


def _without_weaker(configurations):
    """Of configurations that differ only in what harmlessly happened, those with the most of it."""
    best = {}
    for state, changed, harmless, guessed in configurations:
        rivals = best.setdefault((state, changed, guessed), [])
        if any(harmless <= rival for rival in rivals):
            continue
        rivals[:] = [rival for rival in rivals if not rival <= harmless] + [harmless]
    return {(s, c, harmless, g) for (s, c, g), rivals in best.items() for harmless in rivals}
