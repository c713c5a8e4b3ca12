"""The clients that are programs of Node."""

from pathlib import Path

from jiebang_client.contracts import PROTOS
from tools import GOOGLE

HERE = Path(__file__).resolve().parent


def connect_node(setting, checks):
    checks.run(["node", HERE / "connect_node.mjs", setting.path], "ends well")


def grpc_js(setting, checks):
    checks.run(["node", HERE / "grpc_js.mjs", setting.path, PROTOS, GOOGLE], "ends well")
