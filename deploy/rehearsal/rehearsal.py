"""What the stages share: the suite, its callers, threads, and what is known so far."""

from concurrent.futures import ThreadPoolExecutor

from cast import SUPPLY_CHAIN
from jiebang_client import CallError
from jiebang_client.enterprise import Enterprise
from jiebang_client.paperwork import Paperwork
from report import Unexpected

PROGRAMME = "pilot-demonstration-2023"
MATURITY_MODEL = "models/gbt39116-2020"
THREADS = 16


class Rehearsal:
    def __init__(self, suite, report, applicants):
        self.suite = suite
        self.report = report
        self.applicants = applicants
        self.threads = ThreadPoolExecutor(THREADS)
        nobody = suite.nobody()
        programme = nobody.call("ApplicationService/GetProgramme", name=f"programmes/{PROGRAMME}").programme
        self.paperwork = Paperwork(programme)
        self.model = nobody.call("MaturityService/GetModel", name=MATURITY_MODEL).model
        self.filed = {}  # unit → track of the list → names of applications, in the order of filing

    def each(self, do, items):
        """Does it for all items on many threads; the results in their order."""
        return list(self.threads.map(do, items))

    def enterprise(self, applicant, unit=None):
        caller = self.suite.applicant(applicant.uscc)
        return Enterprise(caller, applicant.uscc, PROGRAMME, unit or applicant.unit)

    def list_track(self, track):
        """The track in whose list an application of `track` is ranked."""
        return self.paperwork.tracks[track].extends or track

    def list_name(self, unit, track):
        return f"programmes/{PROGRAMME}/units/{unit}/tracks/{track}/recommendationList"

    def refuse(self, reason, zh, en, do, rule=None):
        """Holds the suite to a refusal, by the rule of the programme where one is named, and tells it."""
        try:
            do()
        except CallError as error:
            rules = {precondition[0] for precondition in error.preconditions}
            if error.reason != reason or (rule and rules != {rule}):
                raise Unexpected(f"{en}: refused by {error.reason} {sorted(rules)}, not by {reason} {rule or ''}") from error
            self.report.refused(zh, en, error)
            return
        raise Unexpected(f"{en}: not refused")


def links_to_cover(track):
    """A scenario describes one link, a factory the eight that annex 2 wants, a supply chain all: its own come last."""
    return 16 if track == SUPPLY_CHAIN else 1 if track == "excellent-scenario" else 8
