"""A programme on a deployment, with units and as many enterprises as a test wants."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

from jiebang_client import CallError
from jiebang_client.enterprise import Enterprise
from jiebang_client.paperwork import Paperwork
from jiebang_client.suite import applicant_claims
from jiebang_client.uscc import make_uscc

SCENARIO = "excellent-scenario"
FACTORY = "demonstration-factory"
# Units of the kinds that count differently: three provinces and two cities with separate planning.
UNITS = {
    "320000": ("江苏省", "province"),
    "330000": ("浙江省", "province"),
    "370000": ("山东省", "province"),
    "210200": ("大连市", "separate-plan-city"),
    "440300": ("深圳市", "separate-plan-city"),
}
JIANGSU, ZHEJIANG, SHANDONG, DALIAN, SHENZHEN = UNITS


class World:
    def __init__(self, suite, programme):
        self.suite = suite
        self.programme = programme
        self._numbers = itertools.count(1)
        for unit, (name, category) in UNITS.items():
            try:
                self.ministry.call(
                    "QuotaService/CreateUnit",
                    unit={"name": f"units/{unit}", "display_name": name, "category": category, "region_code": unit},
                )
            except CallError as error:
                assert error.reason == "UNIT_EXISTS", error  # another module was here before

    @property
    def ministry(self):
        return self.suite.ministry()

    def unit(self, unit):
        return self.suite.unit(unit)

    @cached_property
    def paperwork(self):
        name = f"programmes/{self.programme}"
        return Paperwork(self.suite.nobody().call("ApplicationService/GetProgramme", name=name).programme)

    @cached_property
    def model(self):
        return self.suite.nobody().call("MaturityService/GetModel", name="models/gbt39116-2020").model

    def stranger(self, unit=JIANGSU):
        """An enterprise that is not registered yet."""
        uscc = make_uscc(f"{self.programme} {next(self._numbers)}", unit)
        return Enterprise(self.suite.applicant(uscc), uscc, self.programme, unit)

    def strangers(self, count, unit=JIANGSU):
        """So many at once, which is quicker than one by one."""
        codes = [make_uscc(f"{self.programme} {next(self._numbers)}", unit) for _ in range(count)]
        self.suite.prepare([applicant_claims(uscc) for uscc in codes])
        return [Enterprise(self.suite.applicant(uscc), uscc, self.programme, unit) for uscc in codes]

    def enterprise(self, unit=JIANGSU, **more):
        """An enterprise that is registered."""
        enterprise = self.stranger(unit)
        enterprise.register(f"示例企业{enterprise.uscc[-5:]}", unit, **more)
        return enterprise

    def content(self, track=SCENARIO, title="示例项目", **more):
        return self.paperwork.application(track, title, links=1 if track == SCENARIO else 8, **more)

    def draft(self, unit=JIANGSU, track=SCENARIO):
        """An enterprise and its draft, which breaks no rule."""
        enterprise = self.enterprise(unit)
        if track == FACTORY:
            enterprise.assess(self.model, 2)
        return enterprise, enterprise.draft("application-1", self.content(track))

    def filed(self, unit=JIANGSU, track=SCENARIO):
        """An enterprise and the receipt of what it filed."""
        enterprise, draft = self.draft(unit, track)
        return enterprise, enterprise.submit(draft)

    def list_name(self, unit, track=SCENARIO):
        return f"programmes/{self.programme}/units/{unit}/tracks/{track}/recommendationList"

    def recommend(self, unit, application, track=SCENARIO, **more):
        return self.unit(unit).call(
            "QuotaService/RecommendApplication", name=self.list_name(unit, track), application=application, **more
        )

    def recommendation_list(self, unit, track=SCENARIO):
        name = self.list_name(unit, track)
        return self.ministry.call("QuotaService/GetRecommendationList", name=name).recommendation_list

    def quota(self, unit, track=SCENARIO):
        name = f"programmes/{self.programme}/units/{unit}/tracks/{track}/quota"
        return self.ministry.call("QuotaService/GetQuota", name=name).quota

    def application(self, name):
        return self.ministry.call("ApplicationService/GetApplication", name=name).application


def at_once(do, items, threads):
    """Does it for all items on so many threads; for each its result, or the CallError that came instead."""

    def attempt(item):
        try:
            return do(item)
        except CallError as error:
            return error

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(attempt, items))
