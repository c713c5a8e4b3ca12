"""The suite's journals, as an auditor reads them, and what they must agree with: the clients' own history."""

import queue
import threading
import time

from history import OK, UNKNOWN
from jiebang_client import CallError
from load import CREATE, CREATE_APPLICANT, CREATE_EXPERT, CREATE_OBJECT, LIMIT, RECOMMEND, REMOVE, SUBMIT

# What each service's journal tells of the changes that are told once.
TOLD_ONCE = {
    "ApplicationService": {
        CREATE_APPLICANT: "applicant.created",
        CREATE: "application.created",
        SUBMIT: "application.submitted",
    },
    "ReviewService": {CREATE_EXPERT: "expert.created"},
    "MaturityService": {CREATE_OBJECT: "object.created"},
}
# A watch looks for what is new ten times a second; nothing is written any more.
_IDLE_SECONDS = 1.5
_READ_SECONDS = 90


def read(caller, service):
    """All entries of a service's journal, shard by shard. For a time in which nothing writes."""
    entries, end = queue.Queue(), time.monotonic() + _READ_SECONDS
    with caller.watch(f"{service}/WatchEvents", timeout=_READ_SECONDS) as stream:
        threading.Thread(target=_pass_on, args=(stream, entries), daemon=True).start()
        shards = {}
        while True:
            try:
                entry = entries.get(timeout=_IDLE_SECONDS)
            except queue.Empty:
                return shards
            if entry is None or time.monotonic() > end:
                raise TimeoutError(f"the journal of {service} did not come to its end")
            shards.setdefault(entry.shard, []).append(entry)


def _pass_on(stream, entries):
    try:
        for answer in stream:
            if answer.entry.HasField("event"):  # without one it only says where to go on
                entries.put(answer.entry)
    except CallError:
        pass
    entries.put(None)


def gaps(service, shards):
    """Shards whose numbers are not 1, 2, 3 and so on."""
    found = []
    for shard, entries in shards.items():
        numbers = [entry.sequence for entry in entries]
        if numbers != list(range(1, len(numbers) + 1)):
            wrong = next(i for i, number in enumerate(numbers, 1) if i != number)
            found.append(f"journal of {service}, shard {shard}: {numbers[wrong - 1]} stands where {wrong} should")
    return found


def told_once(history, service, shards):
    """Each change that was acknowledged is told once, each other one at most once."""
    told = {}
    for entries in shards.values():
        for entry in entries:
            key = (entry.event.type, entry.event.resource)
            told.setdefault(key, []).append(entry.event.request_id)
    found = []
    for invocation in history.invocations(*TOLD_ONCE[service]):
        kind = TOLD_ONCE[service][invocation.call]
        requests = told.get((kind, invocation.about), [])
        if len(requests) > 1:
            found.append(f"{kind} of {invocation.about} is told {len(requests)} times: {requests}")
        if invocation.outcome == OK and invocation.request_id not in requests:
            found.append(f"{kind} of {invocation.about} was acknowledged ({invocation.request_id}) and is not in the journal")
    return found


def recommendations(history, shards, lists):
    """The journal played again gives the lists as they stand (`lists`: the applications by list), never more than the limit
    on the way, and tells every recommendation and removal that was acknowledged."""
    seats, held, removed, found = {}, {}, {}, []
    for entries in shards.values():
        for entry in entries:
            found += _play(entry.event, seats, held, removed)
    for name, applications in lists.items():
        if sorted(seats.get(name, ())) != sorted(applications):
            found.append(f"{name}: its journal comes to {sorted(seats.get(name, ()))}, the list to {sorted(applications)}")
    found += _counted("recommended", history, RECOMMEND, held)
    found += _counted("removed", history, REMOVE, removed)
    return found


def _play(event, seats, held, removed):
    taken, application = seats.setdefault(event.resource, set()), event.details.get("application")
    found = []
    if event.type == "recommendation.begun":
        if application in taken:
            found.append(f"{event.resource}: {application} was given a second seat ({event.request_id})")
        taken.add(application)
        if len(taken) > LIMIT:
            found.append(f"{event.resource}: {len(taken)} seats of {LIMIT} ({event.request_id})")
    elif event.type == "removal.begun":
        if application not in taken:
            found.append(f"{event.resource}: {application} was removed without a seat ({event.request_id})")
        taken.discard(application)
    elif event.type == "recommendation.refused":
        taken.discard(application)
    elif event.type == "recommendation.held":
        held[application] = held.get(application, 0) + 1
    elif event.type == "recommendation.removed":
        removed[application] = removed.get(application, 0) + 1
    return found


def _counted(what, history, call, told):
    """How often it was acknowledged, and how often it may have happened beside that."""
    found, known, possible = [], {}, {}
    for invocation in history.invocations(call):
        name = invocation.application
        known[name] = known.get(name, 0) + (invocation.outcome == OK)
        is_open = invocation.outcome != OK and any(attempt.outcome == UNKNOWN for attempt in invocation.attempts)
        possible[name] = possible.get(name, 0) + is_open
    for name in known:
        if not known[name] <= told.get(name, 0) <= known[name] + possible[name]:
            found.append(
                f"{name} was {what} {known[name]} times for its clients, perhaps {possible[name]} more; "
                f"the journal tells {told.get(name, 0)}"
            )
    return found
