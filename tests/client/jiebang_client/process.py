"""One process: started, waited for, stopped. Nothing here sleeps to let something happen; all waits have a condition."""

import os
import queue
import signal
import subprocess
import threading
import time

START_SECONDS = 60
STOP_SECONDS = 60


def wait_until(condition, what, seconds=START_SECONDS):
    """The condition's value once it is true. TimeoutError."""
    end = time.monotonic() + seconds
    pause = 0.005
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not happen within {seconds} s")
        time.sleep(pause)
        pause = min(2 * pause, 0.1)


# A test run that is killed leaves nobody behind. (A preexec_fn would do the same, but gRPC's threads and fork do not go
# together.)
DIE_WITH_PARENT = ("setpriv", "--pdeathsig", "KILL", "--")


class Process:
    """A program that says on standard output when it is ready. Start it from the main thread: it dies with its parent,
    and the kernel takes the thread that started it for that."""

    def __init__(self, name, argv, directory, ready="listening on ", keep=False):
        self.name = name
        self.ready_line = ""
        self._argv = [*(() if keep else DIE_WITH_PARENT), *(str(part) for part in argv)]
        self._log = directory / f"{name}.log"
        self._ready = ready
        self._process = None

    def start(self, environment=None):
        """Starts it; `wait_until_ready` waits."""
        self._lines = queue.Queue()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._argv,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, **(environment or {})},
                start_new_session=True,  # Ctrl-C is for us; we stop it in order
            )
        threading.Thread(target=self._read, args=(self._process, self._lines), daemon=True).start()

    def _read(self, process, lines):
        with self._log.open("ab") as log:
            for line in process.stdout:
                log.write(line)
                log.flush()
                lines.put(line.decode(errors="replace").strip())
        lines.put(None)

    def wait_until_ready(self):
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"{self.name} is not ready after {START_SECONDS} s:\n{self.log_tail()}") from None
            if line is None:
                raise RuntimeError(f"{self.name} ended with {self._process.wait()}:\n{self.log_tail()}")
            if self._ready in line:
                self.ready_line = line
                return line

    @property
    def pid(self):
        return self._process.pid

    @property
    def is_running(self):
        return self._process is not None and self._process.poll() is None

    def terminate(self):
        """Asks it to end; `wait` waits."""
        if self.is_running:
            self._process.send_signal(signal.SIGTERM)

    def kill(self):
        """Ends it as a power cut would, and comes back when it is gone."""
        if self.is_running:
            self._process.kill()
        return self.wait()

    def pause(self):
        """Freezes it: it keeps its connections and answers nothing."""
        self._process.send_signal(signal.SIGSTOP)

    def resume(self):
        self._process.send_signal(signal.SIGCONT)

    def wait(self, seconds=STOP_SECONDS):
        """Its exit code, negative for a signal."""
        return self._process.wait(seconds)

    def log_tail(self):
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-20:])


def start_all(processes, environments=None):
    """Starts those that do not run and waits until all of them are ready. `environments`: more variables, by name."""
    started = [process for process in processes if not process.is_running]
    for process in started:
        process.start((environments or {}).get(process.name))
    for process in started:
        process.wait_until_ready()
