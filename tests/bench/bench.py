"""What the benches stand on: their processes, their load, and rounds that take turns."""
import json
import os
import pathlib
import signal
import socket
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = ROOT / "build" / "release" / "bin"
MODELS = ROOT / "deploy" / "models"
TICKS = os.sysconf("SC_CLK_TCK")
# One caller brings the whole load.
NO_LIMITS = ("--rate", "ministry=1000000:1000000", "--rate", "applicant=1000000:1000000", "--target-latency-ms", "10000")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_open(port, name):
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise SystemExit(f"bench: {name} did not start")


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Process:
    """A server of the bench; ready when it says where it listens."""

    def __init__(self, *command):
        self.child = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
        line = self.child.stdout.readline()
        if not line.startswith("listening on "):
            raise SystemExit(f"bench: {command[0]} did not start")

    def cpu(self):
        return cpu_seconds(self.child.pid)

    def stop(self):
        self.child.send_signal(signal.SIGTERM)
        self.child.wait(30)
        self.child.stdout.close()


class Redis:
    """A private redis-server with the durability that we ship: every commit is on disk before it is answered."""

    def __init__(self, directory):
        self.port = free_port()
        self.child = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(directory), "--save", "",
             "--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction"],
            stdout=subprocess.DEVNULL)
        wait_until_open(self.port, "redis-server")

    def rewrite(self):
        """Begins to rewrite the log, in a copy of the server."""
        with RedisConnection(self.port) as connection:
            connection.ask("BGREWRITEAOF")

    def wait_until_quiet(self):
        """Until no copy of the server rewrites its log."""
        with RedisConnection(self.port) as connection:
            while connection.number("persistence", "aof_rewrite_in_progress"):
                time.sleep(0.1)

    def stop(self):
        self.child.terminate()
        self.child.wait(10)


class RedisConnection:
    """Asks a Redis server one thing after another; answers are numbers, bytes, None or lists of them."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.answers = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.answers.close()
        self.socket.close()

    def ask(self, *parts):
        parts = [part if isinstance(part, bytes) else str(part).encode() for part in parts]
        self.socket.sendall(b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts))
        return self._answer()

    def number(self, section, name):
        """One number of INFO."""
        lines = self.ask("INFO", section).decode().splitlines()
        return next(int(line.partition(":")[2]) for line in lines if line.startswith(f"{name}:"))

    def _answer(self):
        line = self.answers.readline().rstrip(b"\r\n")
        kind, rest = line[:1], line[1:]
        if kind == b"$":
            return None if rest == b"-1" else self.answers.read(int(rest) + 2)[:-2]
        if kind == b"*":
            return [self._answer() for _ in range(int(rest))]
        if kind == b"-":
            raise SystemExit(f"bench: Redis: {rest.decode()}")
        return int(rest) if kind == b":" else rest


class Contender:
    """Who takes turns: where it is called, how (the flags of bench_load), and whose CPU counts."""

    def __init__(self, address, call, credentials=(), processes=None, first=None, **more):
        self.address, self.call, self.credentials, self.first, self.more = address, call, credentials, first, more
        self.processes = processes or {}

    def load(self, bench):
        return bench.load(self.address, self.call, *self.credentials, first=self.first, **self.more)


class Bench:
    def __init__(self, directory, quick):
        self.directory = pathlib.Path(directory)
        self.rounds = 3 if quick else 9
        self.seconds = 1.0 if quick else 2.0
        self.next_number = 1
        self.results = []
        self.secret = self.directory / "secret"
        self.key, self.public = self.directory / "key.pem", self.directory / "public.pem"
        subprocess.run([BIN / "jiebangctl", "key", "--private", self.key, "--public", self.public], check=True)
        self.token = self.token_of("--subject", "bench", "--role", "ministry")

    def token_of(self, *claims):
        return subprocess.run([BIN / "jiebangctl", "token", "--key", self.key, *claims],
                              check=True, capture_output=True, text=True).stdout.strip()

    def address(self):
        return f"127.0.0.1:{free_port()}"

    def service(self, name, store, *flags):
        address = self.address()
        return address, Process(BIN / f"jiebang-{name}", "--listen", address, "--store", store, "--secret", self.secret,
                                "--programmes", ROOT / "deploy/programmes", *flags)

    def gateway(self, service, *flags):
        """A gateway all of whose calls go to this service."""
        address = self.address()
        backends = [part for name in ("application", "quota", "review", "maturity", "publiclist")
                    for part in (f"--{name}", service)]
        return address, Process(BIN / "jiebang-gateway", "--listen", address, "--secret", self.secret,
                                "--token-key", self.public, *NO_LIMITS, *backends, *flags)

    def bare(self, mode, *flags):
        address = self.address()
        return address, Process(BIN / "bench_bare_server", "--listen", address, "--mode", mode, *flags)

    def proxy(self, backend, *flags):
        address = self.address()
        return address, Process(BIN / "bench_bare_proxy", "--listen", address, "--backend", backend, *flags)

    def load(self, target, call, *flags, seconds=None, in_flight=64, first=None):
        if first is None:
            first = self.next_number
        answer = self.measure("bench_load", "--target", target, "--call", call, "--in-flight", in_flight,
                              "--first", first, *flags, seconds=seconds)
        if call == "write":
            self.next_number += answer["begun"]
        return answer

    def measure(self, program, *flags, seconds=None):
        """What a program says that brings a load for a time."""
        done = subprocess.run(
            [BIN / program, "--seconds", str(seconds or self.seconds), "--warm-up", "0.3", *(str(flag) for flag in flags)],
            capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"bench: {done.stderr.strip()}")
        return json.loads(done.stdout)

    def take_turns(self, contenders):
        """What each contender, by name, did in each round, with `cpu_us`: of each of its processes, for a call."""
        samples = {contender: [] for contender in contenders}
        for round_number in range(self.rounds):
            order = list(contenders)
            # Whoever goes first in a round finds a colder machine.
            order = order[round_number % len(order):] + order[:round_number % len(order)]
            for name in order:
                contender = contenders[name]
                before = {process: one.cpu() for process, one in contender.processes.items()}
                answer = contender.load(self)
                answer["cpu_us"] = {process: 1e6 * (one.cpu() - before[process]) / max(1, answer["begun"])
                                    for process, one in contender.processes.items()}
                samples[name].append(answer)
        return samples

    def heading(self, title, of):
        """What `compare` prints below it; `of`: what is counted."""
        print(f"\n{title:<49} {of + 's a second':>19} {'':>6} {'suite, us':>15} {'bare, us':>15}  CPU us a {of}")
        print(f"{'':<49} {'suite':>9} {'bare':>9} {'ratio':>6} {'p50':>7} {'p99':>7} {'p50':>7} {'p99':>7}", flush=True)

    def compare(self, name, suite, bare):
        """A line: the suite and its yardstick, contenders that take turns."""
        samples = self.take_turns({"suite": suite, "bare": bare})
        row = {"what": name, "ratio": ratio(samples["suite"], samples["bare"])}
        for contender, answers in samples.items():
            row[contender] = medians(answers) | {"cpu_us_of": cpu_of_each(answers)}
        self.results.append(row)
        suite, bare = row["suite"], row["bare"]
        cpu = ", ".join(f"{process} {us}" for one in (suite, bare) for process, us in one["cpu_us_of"].items())
        print(f"{name:<49} {suite['per_second']:>9.0f} {bare['per_second']:>9.0f} {row['ratio']:>6.2f}"
              f" {suite['p50_us']:>7.0f} {suite['p99_us']:>7.0f} {bare['p50_us']:>7.0f} {bare['p99_us']:>7.0f}  {cpu}",
              flush=True)


def medians(answers):
    """The medians of a contender over the rounds; `cpu_us` is that of all of its processes."""
    row = {key: round(statistics.median(answer[key] for answer in answers), 1)
           for key in ("per_second", "p50_us", "p99_us")}
    row["cpu_us"] = round(statistics.median(sum(answer["cpu_us"].values()) for answer in answers), 1)
    return row


def cpu_of_each(answers):
    """The medians of the CPU of each process, for a call."""
    return {process: round(statistics.median(answer["cpu_us"][process] for answer in answers), 1)
            for process in answers[0]["cpu_us"]}


def ratio(suite, bare, key="per_second"):
    """The median over the rounds of suite / bare."""
    return round(statistics.median(a[key] / b[key] for a, b in zip(suite, bare)), 3)
