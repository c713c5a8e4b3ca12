"""What must be true after a fault: nothing acknowledged is missing, nothing happened twice, quotas are exact, no seal misses
anything, and the suite came back without a hand."""

import journals
import quota_history
from history import OK, REFUSED
from jiebang_client.process import wait_until
from jiebang_client.world import at_once
from load import GET_APPLICATION, RECOMMEND, RECOMMENDING, REMOVE, SUBMIT, LIMIT, on_list

# Refusals that a client of the load may meet; anything else that is no answer is a finding.
_EXPECTED = {
    RECOMMEND: {"QUOTA_EXHAUSTED", "ALREADY_RECOMMENDED"},
    REMOVE: {"NOT_RECOMMENDED"},
}


def findings(world, load):
    """Everything that is not as it must be; for a time in which no client calls any more."""
    world.suite.wait_until_serving()
    lists = _settled(world)
    found = refusals(load.history) + stale_reads(load.history) + _receipts(world, load.history)
    found += _quotas(world, load, lists) + seals(world.suite.directory)
    services = [*journals.TOLD_ONCE, "QuotaService"]
    read = at_once(lambda service: journals.read(world.suite.auditor(), service), services, threads=len(services))
    for service, shards in zip(services, read):
        found += journals.gaps(service, shards)
        if service in journals.TOLD_ONCE:
            found += journals.told_once(load.history, service, shards)
        else:
            found += journals.recommendations(load.history, shards, lists)
    return found + quota_history.findings(load.history)


def _settled(world):
    """The lists by name, once no step of them is under way: that ends by itself."""

    def settled(unit):
        now = world.recommendation_list(unit)
        return all(each.state == each.STATE_HELD for each in now.recommendations) and now

    lists = {unit: wait_until(lambda unit=unit: settled(unit), f"the end of all steps of {unit}") for unit in RECOMMENDING}
    return {world.list_name(unit): on_list(lists[unit]) for unit in RECOMMENDING}


def refusals(history):
    found = []
    for each in history.invocations():
        if each.outcome == REFUSED and each.reason not in _EXPECTED.get(each.call, ()):
            found.append(f"{each.client}: {each.call} of {each.about} was refused with {each.reason} ({each.request_id})")
        if each.outcome not in (OK, REFUSED) and each.request_id:
            found.append(f"{each.client}: {each.call} of {each.about} was never answered ({each.request_id}: {each.reason})")
    return found


def stale_reads(history):
    return [
        f"{each.client}: {each.about} was filed, and at {each.start:.3f} it was in state {each.answer['state']}"
        for each in history.acknowledged(GET_APPLICATION)
        if not each.answer["is_submitted"]
    ]


def _receipts(world, history):
    """What was acknowledged is there, and its repetition gives the same receipt."""

    def look(filed):
        application = world.application(filed.about)
        now = {"revision": application.revision, "digest": application.content_digest}
        if application.state != application.STATE_SUBMITTED or now != filed.answer:
            return [f"{filed.about} was acknowledged as {filed.answer} and is {now} in state {application.state}"]
        uscc = filed.about.split("/applicants/")[1].split("/")[0]
        again = world.suite.applicant(uscc).call(SUBMIT, name=filed.about, request_id=filed.request_id).receipt
        if {"revision": again.revision, "digest": again.content_digest} != filed.answer:
            return [f"the repetition of {filed.request_id} gave another receipt of {filed.about}"]
        return []

    found = []
    for filed, each in zip(history.acknowledged(SUBMIT), at_once(look, history.acknowledged(SUBMIT), threads=4)):
        found += each if isinstance(each, list) else [f"{filed.about} was acknowledged, and now: {each}"]
    return found


def _quotas(world, load, lists):
    """Both sides say the same: what is on the list is held, and nothing else is."""
    found = []
    for unit in RECOMMENDING:
        name, used = world.list_name(unit), world.quota(unit).used
        if not used == len(lists[name]) <= LIMIT:
            found.append(f"{name}: {used} used, {len(lists[name])} on the list, limit {LIMIT}")
        for application in load.applications[unit]:
            held_by = world.application(application).held_by
            if held_by != (name if application in lists[name] else ""):
                found.append(f"{application}: held by '{held_by}', on the list: {application in lists[name]}")
    return found


def seals(directory):
    """A sealer that misses what it had sealed says so in its log; without a loss it says nothing."""
    return [
        f"{log.stem} says: {line}"
        for log in sorted(directory.glob("*.log"))
        for line in log.read_text(errors="replace").splitlines()
        if line.startswith("SEAL of ") or " LOST" in line
    ]
