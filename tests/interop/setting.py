"""Where the clients work: a suite in rehearsal, with an enterprise and its credentials for each job that is done there."""

import json
import subprocess
import tempfile
from pathlib import Path

from jiebang_client.paperwork import shanghai
from jiebang_client.redis_server import free_port
from jiebang_client.suite import BIN, EmbeddedSuite
from jiebang_client.world import JIANGSU, SCENARIO, ZHEJIANG, World
from platform_of_jiangsu import Platform

START = shanghai(2023, 8, 10, 9).isoformat()
PROGRAMME = "pilot-demonstration-2023"
# One for each way of speaking: an applicant files once.
JOBS = (
    "connect-node grpc",
    "connect-node json",
    "connect-node binary",
    "connect-node get",
    "connect-node grpc-web",
    "connect-web json",
    "connect-web binary",
    "connect-web grpc-web",
    "buf connect",
    "buf grpc",
    "buf grpcweb",
    "grpcio",
    "grpc-js",
    "curl connect",
    "curl rest",
    "curl signed",
    "curl token",
)
# Who imports and exports, too.
IMPORTERS = ("grpcio", "grpc-js", "connect-node grpc", "connect-node json", "connect-node binary", "connect-node grpc-web")


class Setting:
    """`document` says all that a client needs to know; `path` is a file that holds it."""

    def __init__(self):
        self._directory = tempfile.TemporaryDirectory(prefix="jiebang-interop-")
        self.directory = Path(self._directory.name)
        self.page_port = free_port()
        self.platform = Platform(self.directory)
        gateway_flags = ["--allow-origin", self.page_origin, *self.platform.gateway_flags]
        webhook_flags = ["--webhook-allow", "127.0.0.1/32"]
        self.suite = EmbeddedSuite(self.directory / "suite", START, gateway_flags=gateway_flags, webhook_flags=webhook_flags)
        self.path = self.directory / "setting.json"

    @property
    def page_origin(self):
        """From where the browser's page comes: not from the gateway."""
        return f"http://127.0.0.1:{self.page_port}"

    def __enter__(self):
        self.suite.start()
        world = World(self.suite, PROGRAMME)
        for _ in range(3):  # so that a list has pages
            world.filed(JIANGSU)
        enterprises = dict(zip(JOBS, world.strangers(len(JOBS))))
        bearer = lambda caller: caller.metadata[0][1]
        self.document = {
            "grpc": self.suite.address,
            "http": f"http://{self.suite.http_address}",
            "pageOrigin": self.page_origin,
            "pagePort": self.page_port,
            "programme": f"programmes/{PROGRAMME}",
            "unit": f"programmes/{PROGRAMME}/units/{JIANGSU}",
            "model": world.model.name,
            "stranger": bearer(world.stranger().caller),
            "unitBearer": bearer(world.unit(JIANGSU)),
            "ministryBearer": bearer(world.ministry),
            "platform": self.platform.document,
            "foreign": _applicant(world.stranger(ZHEJIANG), ZHEJIANG),
            "draft": {"track": SCENARIO, "title": "示例项目：从 𠮷 到 é"},
            "content": world.content(),
            "jobs": {job: self._job(enterprise, bearer(enterprise.caller)) for job, enterprise in enterprises.items()},
            "imports": {importer: _imports(world, number) for number, importer in enumerate(IMPORTERS)},
        }
        self.path.write_text(json.dumps(self.document, ensure_ascii=False), encoding="utf-8")
        return self

    def _job(self, enterprise, bearer):
        applicant = _applicant(enterprise, JIANGSU)
        return {"bearer": bearer, "parent": enterprise.parent, "applicant": applicant, "name": enterprise.name}

    def __exit__(self, *_):
        self.suite.close()
        self._directory.cleanup()


def _applicant(enterprise, region):
    """What it registers with."""
    applicant = {"name": enterprise.name, "displayName": "示例企业", "legalForm": "LEGAL_FORM_LEGAL_PERSON"}
    return applicant | {"regionCode": region, "industryCode": "3831"}


def _imports(world, number):
    """Three applications and three experts; the second of each is refused."""
    enterprises = world.strangers(3)
    applications = [
        {
            "itemId": f"row-{number}-{row}",
            "parent": enterprise.parent,
            "applicationId": "imported",
            "applicant": _applicant(enterprise, JIANGSU),
            "application": world.content(),
            "submit": True,
        }
        for row, enterprise in enumerate(enterprises)
    ]
    applications[1]["application"]["sections"] = []
    experts = [
        {"itemId": f"expert-{number}-{row}", "expert": {"name": f"experts/e-{number}-{row}", "displayName": title, "employer": "示例研究院"}}
        for row, title in enumerate(("专家一", "", "专家三"))
    ]
    filed = [f"{enterprise.parent}/applications/imported" for enterprise in (enterprises[0], enterprises[2])]
    return {"applications": applications, "experts": experts, "filed": filed}
