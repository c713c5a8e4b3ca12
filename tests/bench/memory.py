"""How much of Redis's memory an application takes: real ones, filed through the gateway, with the texts that they have."""
import concurrent.futures
import sys

from bench import ROOT, RedisConnection

sys.path.insert(0, str(ROOT / "tests" / "client"))
from jiebang_client.enterprise import Enterprise  # noqa: E402
from jiebang_client.paperwork import Paperwork, shanghai  # noqa: E402
from jiebang_client.suite import SeparateSuite  # noqa: E402
from jiebang_client.uscc import make_uscc  # noqa: E402

PROGRAMME, UNIT = "pilot-demonstration-2023", "320000"
TEXT = "演练：产线在建设前后的节拍、质量、能耗与在制品都有记录，系统之间的接口和数据的去向也写明。"
# Links that are covered, and how long the texts are, in characters; the notice of 2023 allows 3,000 each.
KINDS = {"scenario": ("excellent-scenario", 1, 1_500), "factory": ("demonstration-factory", 8, 1_500)}
# What the keys of common/store/redis/keys.h begin with, behind the tag.
PARTS = {"r": "records", "i": "indexes", "q": "remembered answers", "j": "journal"}


def text_of(characters):
    return (TEXT * (characters // len(TEXT) + 1))[:characters]


class OnlyApplicationsOnRedis(SeparateSuite):
    """What the other services keep is no part of it."""

    def __init__(self, directory, clock_start):
        super().__init__(directory, clock_start, store="redis")

    def _location(self, service):
        return super()._location(service) if service == "application" else f"sqlite:{self.directory}/{service}.db"


class Weight:
    """What is in a Redis: its used memory, and that of the keys of each part; records and indexes by their table."""

    def __init__(self, port):
        self.parts = {}
        with RedisConnection(port) as redis:
            self.used = redis.number("memory", "used_memory")
            cursor = b"0"
            while True:
                cursor, keys = redis.ask("SCAN", cursor, "COUNT", 1000)
                for key in keys:
                    part = self.part_of(key)
                    self.parts[part] = self.parts.get(part, 0) + redis.ask("MEMORY", "USAGE", key, "SAMPLES", 0)
                if cursor == b"0":
                    return

    @staticmethod
    def part_of(key):
        kind, _, rest = key.partition(b"}")[2].decode(errors="replace").partition(":")
        part = PARTS.get(kind, "other")
        return f"{part}: {rest.partition(chr(0))[0]}" if kind in ("r", "i") else part


class MemoryOfApplications:
    def __init__(self, directory):
        self.directory = directory

    def measure(self, count):
        """Files `count` of each kind; rows for the results."""
        print("\nMemory of Redis for an application: drafted and filed, both with a request_id, one an applicant")
        with OnlyApplicationsOnRedis(self.directory, shanghai(2023, 8, 10, 9).isoformat()) as suite:
            unit = {"name": f"units/{UNIT}", "display_name": "江苏省", "category": "province", "region_code": UNIT}
            suite.ministry().call("QuotaService/CreateUnit", unit=unit)
            programme = suite.nobody().call("ApplicationService/GetProgramme", name=f"programmes/{PROGRAMME}").programme
            self.suite, self.paperwork = suite, Paperwork(programme)
            self.model = suite.nobody().call("MaturityService/GetModel", name="models/gbt39116-2020").model
            return [self.measure_kind(kind, count, *shape) for kind, shape in KINDS.items()]

    def measure_kind(self, kind, count, track, links, characters):
        text = text_of(characters)
        content = self.paperwork.application(track, "示例项目", links, lambda _: text, lambda _: text)
        usccs = [make_uscc(f"{kind} {number}", UNIT) for number in range(count + 1)]
        self.suite.prepare([{"sub": f"applicant-{uscc}", "roles": ["applicant"], "uscc": uscc} for uscc in usccs])
        size = self.file(usccs[0], track, content).ByteSize()  # and all that is there once
        before = Weight(self.suite.store.port)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda uscc: self.file(uscc, track, content), usccs[1:]))
        after = Weight(self.suite.store.port)
        used = (after.used - before.used) / count
        parts = {part: round((total - before.parts.get(part, 0)) / count) for part, total in sorted(after.parts.items())}
        row = {"engine": "Redis", "what": f"memory of an application: {kind}", "message_bytes": size,
               "used_memory": round(used), "parts": parts, "besides": round(used - sum(parts.values()))}
        print(f"{kind}: {size} bytes as a message, {used:.0f} of used_memory")
        for part, size_of_part in [*parts.items(), ("besides (tables of keys, rounding)", row["besides"])]:
            print(f"    {part:<40} {size_of_part:>8} {100 * size_of_part / used:>5.1f} %")
        return row

    def file(self, uscc, track, content):
        """Files it as an enterprise does; the application."""
        enterprise = Enterprise(self.suite.applicant(uscc), uscc, PROGRAMME, UNIT)
        enterprise.register("示例企业（演练）有限公司", UNIT)
        if track == "demonstration-factory":
            enterprise.assess(self.model, 2)
        draft = enterprise.draft("application-1", content, request_id="draft")
        enterprise.submit(draft, request_id="file")
        return self.suite.ministry().call("ApplicationService/GetApplication", name=draft.name).application
