"""A whole suite: all in one process on the embedded store, or a process a service on SQLite files or on Redis."""

import os
from datetime import datetime
from pathlib import Path

from jiebang_client import tokens
from jiebang_client.client import Client
from jiebang_client.contracts import ROOT
from jiebang_client.process import Process, start_all, wait_until
from jiebang_client.redis_server import RedisServer, free_ports

SERVICES = {
    "application": "jiebang.application.v1.ApplicationService",
    "quota": "jiebang.quota.v1.QuotaService",
    "review": "jiebang.review.v1.ReviewService",
    "maturity": "jiebang.maturity.v1.MaturityService",
    "publiclist": "jiebang.publiclist.v1.PublicListService",
}
# Every contract that they serve.
CONTRACTS = [
    *SERVICES.values(),
    "jiebang.application.v1.ExportService",
    "jiebang.quota.v1.WebhookService",
    "jiebang.maturity.v1.ObjectService",
    "jiebang.maturity.v1.InsightService",
    "jiebang.maturity.v1.KpiService",
    *(f"jiebang.{service}.v1.JournalService" for service in SERVICES),
]
# Which other services each one asks.
PEERS = {
    "application": ("quota", "maturity", "publiclist"),
    "quota": ("application",),
    "review": ("quota", "application"),
    "maturity": (),
    "publiclist": ("review", "quota"),
}
# Another build can be tested, e.g. one with sanitizers: JIEBANG_BIN=build/asan-ubsan/bin.
BIN = Path(os.environ.get("JIEBANG_BIN", ROOT / "build" / "release" / "bin")).resolve()
PROGRAMMES = ROOT / "deploy" / "programmes"
MODELS = ROOT / "deploy" / "models"


# Tests call faster than people do, and all from one address. Those that are about rates give their own, which come last.
NO_RATES = [
    *(each for role in ("public", "applicant", "unit", "expert", "ministry", "operator", "auditor") for each in ("--rate", f"{role}=1000000:1000000")),
    "--failure-rate=1000000:1000000",
]


class Suite:
    """What both kinds have: an address, callers, and a beginning and an end."""

    def __init__(self, directory, clock_start, programmes=PROGRAMMES, keep=False, address=None, gateway_flags=(), webhook_flags=()):
        """`gateway_flags`, `webhook_flags`: more arguments for the process that has the gateway, and that delivers to webhooks."""
        self.directory = directory
        grpc_port, self.http_port = free_ports(2)
        self.address = address or f"127.0.0.1:{grpc_port}"
        self.webhook_flags = webhook_flags
        self.clock_start = clock_start
        self.programmes = programmes
        self.keep = keep
        directory.mkdir(parents=True, exist_ok=True)
        self.private_key, self.public_key = tokens.make_keys(BIN / "jiebangctl", directory / "keys")
        self.gateway_flags = ["--listen", self.address, "--http", self.http_address, "--token-key", self.public_key, *NO_RATES, *gateway_flags]
        self.client = Client(self.address)
        self._tokens = {}

    # --- what a kind of suite says for itself

    def processes(self):
        """Its processes, those first that others need."""
        raise NotImplementedError

    # Where its records are, when that is apart from it: `processes()`, `bring_up(environments)` starts what does not run and
    # waits until it can be used, `location(prefix)`.
    store = None

    def move_to(self, moment):
        """Makes it `moment`, a datetime with its zone, for all services."""
        raise NotImplementedError

    # --- life

    @property
    def http_address(self):
        return f"127.0.0.1:{self.http_port}"

    def start(self, environments=None):
        """Starts what does not run and waits until all of it serves. `environments`: more variables, by process name."""
        if self.store:
            self.store.bring_up(environments)
        start_all(self.processes(), environments)
        self.wait_until_serving()
        return self

    def wait_until_serving(self):
        for service in ("", *SERVICES.values()):
            wait_until(lambda service=service: self.client.serving(service), f"health of {service or 'the suite'}")

    def stop(self):
        """Ends it in order; the exit codes by name."""
        codes = {}
        for process in reversed(self.processes()):
            process.terminate()
            codes[process.name] = process.wait()
        return codes

    def kill(self):
        """Ends all of it at once, as a power cut would."""
        for process in self.processes():
            process.kill()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends what still runs, whatever state a test left it in."""
        self.client.close()
        running = [process for process in reversed(self.processes()) if process.is_running]
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait()
            finally:
                process.kill()

    # --- callers

    def token(self, **claims):
        return self.mint([claims])[0]

    def mint(self, claims):
        return tokens.mint(BIN / "jiebangctl", self.private_key, claims)

    def prepare(self, claims):
        """Makes the tokens of many callers at once, which is quicker than one by one."""
        missing = [each for each in claims if _key(each) not in self._tokens]
        for each, token in zip(missing, self.mint(missing) if missing else ()):
            self._tokens[_key(each)] = token

    def caller(self, **claims):
        self.prepare([claims])
        return self.client.caller(self._tokens[_key(claims)])

    def nobody(self):
        return self.client.caller()

    def ministry(self):
        return self.caller(**ministry_claims())

    def operator(self):
        return self.caller(sub="operator", roles=["operator"])

    def auditor(self):
        return self.caller(sub="auditor", roles=["auditor"])

    def unit(self, unit):
        return self.caller(**unit_claims(unit))

    def applicant(self, uscc):
        return self.caller(**applicant_claims(uscc))

    def expert(self, expert):
        return self.caller(**expert_claims(expert))


def ministry_claims():
    return {"sub": "ministry", "roles": ["ministry"]}


def unit_claims(unit):
    return {"sub": f"unit-{unit}", "roles": ["unit"], "unit": unit}


def applicant_claims(uscc):
    return {"sub": f"applicant-{uscc}", "roles": ["applicant"], "uscc": uscc}


def expert_claims(expert):
    return {"sub": f"expert-{expert}", "roles": ["expert"], "expert": expert}


def _key(claims):
    return claims["sub"]


class EmbeddedSuite(Suite):
    """`jiebang serve --all`: one process on the embedded store; its clock can be advanced. `program`: another build of it."""

    def __init__(self, directory, clock_start, program=BIN / "jiebang", **more):
        super().__init__(directory, clock_start, **more)
        argv = [program, "serve", "--all", "--data", directory / "data", "--programmes", self.programmes]
        argv += ["--models", MODELS]
        argv += ["--seal-seconds", "1", "--clock-start", clock_start, *self.gateway_flags, *self.webhook_flags]
        self._process = Process("jiebang", argv, directory, keep=self.keep)
        self.seal_public_key = directory / "data" / "seal-public.pem"

    def processes(self):
        return [self._process]

    def move_to(self, moment):
        self.operator().call("RehearsalService/AdvanceClock", to={"seconds": int(moment.timestamp())})


class SqliteFiles:
    """The store of a suite that has no process of its own: a file for each service."""

    def __init__(self, directory):
        self._directory = directory

    def processes(self):
        return []

    def bring_up(self, environments):
        """Files are ready as they are."""

    def location(self, prefix):
        return f"sqlite:{self._directory}/{prefix}.db"


STORES = {"sqlite": SqliteFiles, "redis": RedisServer}


class SeparateSuite(Suite):
    """Five services and a gateway, each a process of its own; they find each other by sockets in the directory. `store`: a
    name in STORES, or what makes a store in a directory."""

    def __init__(self, directory, clock_start, store="sqlite", **more):
        super().__init__(directory, clock_start, **more)
        self.store = STORES.get(store, store)(directory)
        self._seal_key, self.seal_public_key = tokens.make_keys(BIN / "jiebangctl", directory / "seal", kind="sm2")
        self._services = {}
        self._make_services()
        argv = [BIN / "jiebang-gateway", *self.gateway_flags, "--secret", directory / "secret"]
        for service in SERVICES:
            argv += [f"--{service}", self._socket(service)]
        self._gateway = Process("gateway", argv, directory)

    def _socket(self, service):
        return f"unix:{self.directory}/{service}.sock"

    def _make_services(self):
        for service in SERVICES:
            argv = [BIN / f"jiebang-{service}", "--listen", self._socket(service), "--store", self.store.location(service)]
            argv += ["--programmes", self.programmes, "--secret", self.directory / "secret"]
            argv += ["--seal-key", self._seal_key, "--seal-seconds", "1", "--clock-start", self.clock_start]
            argv += ["--models", MODELS] if service == "maturity" else []
            argv += self.webhook_flags if service == "quota" else ()
            for peer in PEERS[service]:
                argv += [f"--{peer}", self._socket(peer)]
            self._services[service] = Process(service, argv, self.directory)

    def processes(self):
        return [*self.store.processes(), *self._services.values(), self._gateway]

    @property
    def gateway(self):
        return self._gateway

    def service(self, name):
        """The process of one service."""
        return self._services[name]

    def move_to(self, moment):
        """Only a restart moves the clock of separate processes: they share nothing but what they stored."""
        for process in self._services.values():
            process.terminate()
        for process in self._services.values():
            process.wait()
        self.clock_start = rfc3339(moment)
        self._make_services()
        self.start()


def rfc3339(moment: datetime):
    return moment.isoformat(timespec="seconds")
