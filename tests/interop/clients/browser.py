"""@connectrpc/connect-web in headless Chromium, on a page that comes from another origin than the gateway."""

from pathlib import Path

HERE = Path(__file__).resolve().parent


def run(setting, checks):
    checks.run(["node", HERE / "connect_web.mjs", setting.path], "ends well")
