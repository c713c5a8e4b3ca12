"""The shortest account of why a history is not linearizable that leaving things out gives.

Only what keeps the verdict sound is left out: if a history is linearizable, so is each of these parts of it. A part that is
not, therefore, says the same of the whole.
"""

from dataclasses import replace

import operation as op
from linearizability import check


def shortest(model, operations, rejection):
    """Operations of which no order explains the answers, and the Rejection of the last of them."""
    kept, rejection = _fewer_applications(model, _until(operations, rejection), rejection)
    return sorted(kept, key=lambda each: each.start), rejection


def told(model, operations, rejection):
    """The account in words, one line an operation."""
    part, rejection = shortest(model, operations, rejection)
    begin = min(each.start for each in part)
    lines = [f"no order of these {len(part)} operations gives their answers (limit {model.limit}, seconds from the first):"]
    for each in part:
        end = each.end if each.end == op.NEVER else each.end - begin
        mark = "->" if each == rejection.operation else "  "
        lines.append(f" {mark} {replace(each, start=each.start - begin, end=end)}")
    states = sorted("{" + ", ".join(sorted(state)) + "}" for state in rejection.states)
    lines.append(f"    before the answer marked -> the list could only be {' or '.join(states[:4])}" + (" or ..." if len(states) > 4 else ""))
    return "\n".join(lines)


def _until(operations, rejection):
    """What had begun when the answer came that nothing explains; what was still running then is of unknown outcome."""
    kept = []
    for each in operations:
        if each.start > rejection.operation.end:
            continue
        if each.end <= rejection.operation.end:
            kept.append(each)
        elif each.may_change:
            kept.append(each.forgotten())
    return kept


def _about(operations, applications):
    """The same history for somebody who looks at some applications only: what is said of the whole list is no longer
    known, but what is said of them is."""
    kept = []
    for each in operations:
        if each.kind == op.READ_LIST:
            kept.append(replace(each, outcome=each.outcome & applications))
        elif each.application in applications and each.outcome != op.EXHAUSTED:
            kept.append(each)
    return kept


def _fewer_applications(model, operations, rejection):
    """What happened to one application alone, from as late on as it can be told; otherwise to as few as it can be."""
    names = sorted({each.application for each in operations if each.application})
    alone = [_from_late(model, name, _about(operations, frozenset({name}))) for name in names]
    alone = [found for found in alone if found]
    if alone:
        return min(alone, key=lambda found: len(found[0]))
    left = frozenset(names)
    for name in names:
        part = _about(operations, left - {name})
        found = check(model, part)
        if found:
            operations, rejection, left = _until(part, found), found, left - {name}
    return _without_harmless(model, operations, rejection, None)


def _from_late(model, name, operations):
    """The shortest end of one application's history that cannot be explained whatever was before; None: all of it can."""
    if check(model, operations) is None:
        return None
    either = [frozenset(), frozenset({name})]
    for moment in sorted({each.start for each in operations}, reverse=True):
        part = [each if each.start >= moment else each.forgotten() for each in operations if each.end >= moment]
        part = [each for each in part if each.is_known or each.may_change]
        found = check(model, part, either)
        if found:
            return _without_harmless(model, _until(part, found), found, either)
    return _without_harmless(model, operations, check(model, operations), None)


def _without_harmless(model, operations, rejection, beginnings):
    for each in [each for each in operations if not each.may_change]:
        part = [other for other in operations if other is not each]
        found = check(model, part, beginnings)
        if found:
            operations, rejection = part, found
    return operations, rejection
