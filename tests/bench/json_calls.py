"""JSON over HTTP/1.1 through the gateway, beside nginx before a bare Beast echo, which answers with as many bytes."""
import json
import subprocess
import sys

from bench import BIN, ROOT, Process, free_port, wait_until_open
from memory import KINDS, PROGRAMME, UNIT, text_of

sys.path.insert(0, str(ROOT / "tests" / "client"))
from jiebang_client import Client  # noqa: E402
from jiebang_client.enterprise import Enterprise  # noqa: E402
from jiebang_client.paperwork import Paperwork, shanghai  # noqa: E402
from jiebang_client.uscc import make_uscc  # noqa: E402

SERVICE = "/jiebang.application.v1.ApplicationService"
# When applications are drafted.
CLOCK_START = shanghai(2023, 8, 10, 9).isoformat()


class Echo(Process):
    """Beast alone, on a port of its own: so many bytes to whatever is asked."""

    def __init__(self, size):
        self.port = free_port()
        super().__init__(BIN / "bench_bare_http_echo", "--port", self.port, "--bytes", size)


class Nginx(Process):
    """nginx, on a port of its own, before another one."""

    def __init__(self, directory, backend):
        self.port = free_port()
        text = (ROOT / "tests/bench/nginx.conf.in").read_text()
        for name, value in {"DIRECTORY": directory, "BACKEND": backend, "PORT": self.port}.items():
            text = text.replace(f"@{name}@", str(value))
        configuration = directory / "nginx.conf"
        configuration.write_text(text)
        # Without -e it would open the machine's own log first.
        self.child = subprocess.Popen(["nginx", "-p", directory, "-e", "stderr", "-c", configuration], stdout=subprocess.PIPE)
        wait_until_open(self.port, "nginx")


class HttpContender:
    """Who takes turns, on HTTP: a port, and the flags of bench_load_http that say what is asked."""

    def __init__(self, port, request, processes):
        self.port, self.request, self.processes = port, request, processes

    def load(self, bench):
        return bench.measure("bench_load_http", "--port", self.port, *self.request)


class JsonCalls:
    """Reads of an applicant and of an application that it drafted."""

    def __init__(self, bench):
        self.bench = bench
        unused = bench.address()
        self.port = free_port()
        service_address, self.service = bench.service(
            "application", f"sqlite:{bench.directory}/json.db", "--clock-start", CLOCK_START,
            "--quota", unused, "--maturity", unused, "--publiclist", unused)
        gateway_address, self.gateway = bench.gateway(service_address, "--http", f"127.0.0.1:{self.port}")
        uscc = make_uscc("bench", UNIT)
        self.token = bench.token_of("--subject", "enterprise", "--role", "applicant", "--uscc", uscc)
        with Client(gateway_address) as client:
            self.applicant, self.application = self.draft(client.caller(self.token), uscc)

    def draft(self, caller, uscc):
        """The names of an applicant and of its application, with the texts of a scenario."""
        programme = caller.call("ApplicationService/GetProgramme", name=f"programmes/{PROGRAMME}").programme
        enterprise = Enterprise(caller, uscc, PROGRAMME, UNIT)
        enterprise.register("示例企业（演练）有限公司", UNIT)
        track, links, characters = KINDS["scenario"]
        text = text_of(characters)
        content = Paperwork(programme).application(track, "示例项目", links, lambda _: text, lambda _: text)
        return enterprise.name, enterprise.draft("application-1", content).name

    def measure(self):
        for what, method, name in (("an applicant", "GetApplicant", self.applicant),
                                   ("an application", "GetApplication", self.application)):
            self.compare(f"JSON of {what}, Connect POST", "--path", f"{SERVICE}/{method}", "--body", json.dumps({"name": name}))
            self.compare(f"JSON of {what}, REST GET", "--path", f"/v1/{name}")
        for process in (self.gateway, self.service):
            process.stop()

    def compare(self, line, *request):
        """The same request to both."""
        request = (*request, "--token", self.token)
        size = self.bench.measure("bench_load_http", "--port", self.port, *request, seconds=0.2)["answer_bytes"]
        echo = Echo(size)
        nginx = Nginx(self.bench.directory, echo.port)
        self.bench.compare(f"{line}, {size} bytes",
                           HttpContender(self.port, request, {"gateway": self.gateway, "service": self.service}),
                           HttpContender(nginx.port, request, {"nginx": nginx, "echo": echo}))
        for process in (nginx, echo):
            process.stop()
