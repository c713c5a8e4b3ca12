"""The load: enterprises that file, units that recommend and take back under a hard quota, readers. Each on its own thread,
each with its own seeded choices."""

import itertools
import random
import threading

from asking import Asking
from history import History
from jiebang_client.suite import ministry_claims, unit_claims
from jiebang_client.world import DALIAN, JIANGSU, SHENZHEN, at_once

FILING_CLIENTS = 3
CLIENTS_A_UNIT = 3
# Cities with separate planning may recommend ten scenarios.
RECOMMENDING = (DALIAN, SHENZHEN)
LIMIT = 10
APPLICATIONS_A_UNIT = 14

CREATE_APPLICANT = "ApplicationService/CreateApplicant"
CREATE = "ApplicationService/CreateApplication"
SUBMIT = "ApplicationService/SubmitApplication"
GET_APPLICATION = "ApplicationService/GetApplication"
RECOMMEND = "QuotaService/RecommendApplication"
REMOVE = "QuotaService/RemoveRecommendation"
GET_QUOTA = "QuotaService/GetQuota"
GET_LIST = "QuotaService/GetRecommendationList"
CREATE_EXPERT = "ReviewService/CreateExpert"
CREATE_OBJECT = "ObjectService/CreateObject"
LIST_HONOURS = "PublicListService/ListHonours"


def on_list(recommendation_list):
    """The applications that count: one whose removal has begun does not."""
    return sorted(
        each.application for each in recommendation_list.recommendations if each.state != each.STATE_RELEASING
    )


class Load:
    def __init__(self, world, seed):
        self.world = world
        self.history = History()
        self.applications = {}  # by unit: what can be recommended
        self._seed = seed
        self._stopping = threading.Event()
        self._threads = []
        self._failures = []

    def prepare(self):
        """Files what the units will choose from; tokens are made before the load, because that starts processes."""
        self.world.suite.prepare([unit_claims(unit) for unit in RECOMMENDING] + [ministry_claims()])
        for unit in RECOMMENDING:
            filed = at_once(lambda _, unit=unit: self.world.filed(unit), range(APPLICATIONS_A_UNIT), threads=4)
            self.applications[unit] = [receipt.application for _, receipt in filed]
        self._owners = self.world.strangers(40)
        self._enterprises = [self.world.strangers(60) for _ in range(FILING_CLIENTS)]

    def start(self):
        for number in range(FILING_CLIENTS):
            self._run(f"filing-{number}", self._file)
        for unit in RECOMMENDING:
            for number in range(CLIENTS_A_UNIT):
                self._run(f"unit-{unit}-{number}", self._recommend, unit)
        self._run("reader", self._read)
        self._run("clerk", self._register)

    def give_up(self):
        """Ends it although the suite does not answer any more."""
        self.history.is_given_up = True
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def stop(self):
        """Lets every client come to the end of what it has begun."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        if self._failures:
            raise self._failures[0]

    def _run(self, name, work, *arguments):
        def run():
            try:
                work(Asking(name, self.history), random.Random(f"{self._seed} {name}"), *arguments)
            except Exception as failure:  # told to whoever stops the load
                self._failures.append(failure)

        thread = threading.Thread(target=run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    # --- what clients do

    def _file(self, asking, source):
        """Registers an enterprise, drafts, files, and looks: what was acknowledged must be seen by who asks afterwards."""
        for enterprise in self._enterprises[int(asking.name[-1])]:
            if self._stopping.is_set():
                return
            applicant = {"name": enterprise.name, "display_name": "示例企业", "legal_form": "LEGAL_FORM_LEGAL_PERSON"}
            applicant |= {"region_code": JIANGSU, "industry_code": "3831"}
            if not asking.change(enterprise.caller, CREATE_APPLICANT, enterprise.name, _nothing, applicant=applicant):
                continue
            draft = asking.change(
                enterprise.caller,
                CREATE,
                f"{enterprise.parent}/applications/application-1",
                _nothing,
                parent=enterprise.parent,
                application_id="application-1",
                application=self.world.content(title=f"示例项目{source.randrange(1000)}"),
            )
            if not draft:
                continue
            name = draft.application.name
            receipt = lambda answer: {"revision": answer.receipt.revision, "digest": answer.receipt.content_digest}
            if asking.change(enterprise.caller, SUBMIT, name, receipt, name=name):
                asking.read(enterprise.caller, GET_APPLICATION, name, _standing, name=name)

    def _recommend(self, asking, source, unit):
        caller, name = self.world.unit(unit), self.world.list_name(unit)
        while not self._stopping.is_set():
            application = source.choice(self.applications[unit])
            dice = source.random()
            if dice < 0.40:
                seen = lambda answer: {"used": answer.used}
                asking.change(caller, RECOMMEND, name, seen, application, name=name, application=application)
            elif dice < 0.70:
                seen = lambda answer: {"list": on_list(answer.recommendation_list)}
                asking.change(caller, REMOVE, name, seen, application, name=name, application=application)
            elif dice < 0.85:
                asking.read(caller, GET_LIST, name, lambda answer: {"list": on_list(answer.recommendation_list)}, name=name)
            else:
                quota = name.replace("recommendationList", "quota")
                asking.read(caller, GET_QUOTA, name, lambda answer: {"used": answer.quota.used}, name=quota)

    def _read(self, asking, source):
        """Looks after what was filed before the load."""
        names = [name for unit in RECOMMENDING for name in self.applications[unit]]
        while not self._stopping.is_set():
            name = source.choice(names)
            asking.read(self.world.ministry, GET_APPLICATION, name, _standing, name=name)

    def _register(self, asking, source):
        """Something for the services that filing and recommending do not need."""
        for number in itertools.count(1):
            if self._stopping.is_set():
                return
            expert = {"name": f"experts/expert-{number}", "display_name": f"专家{number}", "employer": "示例研究院"}
            expert |= {"unit": f"units/{DALIAN}", "industry_codes": ["38"]}
            asking.change(self.world.ministry, CREATE_EXPERT, expert["name"], _nothing, expert=expert)
            owner = self._owners[number % len(self._owners)]
            plant = {"title": "一号工厂", "kind": "KIND_PLANT", "size": "ENTERPRISE_SIZE_LARGE"}
            plant |= {"industry_code": "3831", "region_code": "320500"}
            place = {"parent": owner.name, "object_id": f"plant-{number}", "object": plant}
            asking.change(owner.caller, CREATE_OBJECT, f"{owner.name}/objects/plant-{number}", _nothing, **place)
            asking.read(owner.caller, LIST_HONOURS, owner.name, _nothing, parent=owner.name)


def _nothing(answer):
    return {}


def _standing(answer):
    application = answer.application
    return {"state": application.state, "is_submitted": application.state == application.STATE_SUBMITTED}
