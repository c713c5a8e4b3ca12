"""A thin client of Jiebang and the means to run a suite: what deploy/demo and the tests that start processes share.

It stands under tests/ because most of it starts, stops and kills processes, which only tests and the rehearsal do. It
takes nothing but Debian's python3-grpcio and python3-protobuf.
"""

from jiebang_client.client import Caller, Client
from jiebang_client.errors import CallError
from jiebang_client.suite import ROOT, EmbeddedSuite, SeparateSuite, Suite

__all__ = ["ROOT", "CallError", "Caller", "Client", "EmbeddedSuite", "SeparateSuite", "Suite"]
