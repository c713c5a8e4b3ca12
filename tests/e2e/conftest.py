"""The deployments that the tests run against. All talk to the gateway alone, in the words of a client.

`suite` is one of each kind for the whole session, its clock standing at 10 August 2023; each module works in a programme of
its own there (a copy of the notice of 2023 under another id), so that no test sees another's lists and rounds. What moves
the clock, kills or restarts takes `own_suite` or a fixture of its own.
"""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "client"))

from jiebang_client import EmbeddedSuite, SeparateSuite  # noqa: E402
from jiebang_client.contracts import ROOT  # noqa: E402
from jiebang_client.paperwork import shanghai  # noqa: E402
from jiebang_client.world import World  # noqa: E402

NOTICE = ROOT / "deploy/programmes/pilot-demonstration-2023.textproto"
START = shanghai(2023, 8, 10, 9).isoformat()
DEPLOYMENTS = {
    "one-process": EmbeddedSuite,
    "processes-on-redis": lambda directory, clock_start, **more: SeparateSuite(directory, clock_start, store="redis", **more),
}


def module_programme(module_name):
    """`test_main_job` works in the programme `e2e-main-job`."""
    return "e2e-" + module_name.removeprefix("test_").replace("_", "-")


@pytest.fixture(scope="session")
def programmes(tmp_path_factory):
    """A directory with the notice of 2023 under one id for each module of tests."""
    directory = tmp_path_factory.mktemp("programmes")
    for file in NOTICE.parent.glob("*.textproto"):
        (directory / file.name).write_text(file.read_text(), encoding="utf-8")
    for module in Path(__file__).parent.glob("test_*.py"):
        programme = module_programme(module.stem)
        text = re.sub(r'(?m)^id: ".*"$', f'id: "{programme}"', NOTICE.read_text(), count=1)
        (directory / f"{programme}.textproto").write_text(text, encoding="utf-8")
    return directory


@pytest.fixture(scope="session", params=DEPLOYMENTS)
def suite(request, tmp_path_factory, programmes):
    """The deployment that the session shares."""
    directory = tmp_path_factory.mktemp("suite")
    with DEPLOYMENTS[request.param](directory, START, programmes=programmes) as started:
        yield started


@pytest.fixture(scope="module")
def world(request, suite):
    """A programme of this module's own on the shared deployment."""
    return World(suite, module_programme(request.module.__name__))


@pytest.fixture(params=DEPLOYMENTS)
def own_world(request, tmp_path, programmes):
    """A deployment of the test's own, whose clock it may move."""
    with DEPLOYMENTS[request.param](tmp_path, START, programmes=programmes) as started:
        yield World(started, module_programme(request.module.__name__))
