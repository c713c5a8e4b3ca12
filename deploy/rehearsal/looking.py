"""How to look at the result with clients that are not ours: buf curl, which learns the contracts by reflection, and curl."""

import json
import os
import shlex
import subprocess

from jiebang_client import ROOT
from report import Unexpected

BUF_CURL = "protos/node_modules/@bufbuild/buf-linux-*/bin/buf curl --protocol grpc --http2-prior-knowledge"


def commands(address, http_address, uscc):
    """(zh, en, command, field of the answer that holds something)"""
    service = f"http://{address}/jiebang.publiclist.v1.PublicListService"
    return [
        ("公开名单", "the public lists", _curl(f"{service}/ListLists", {"pageSize": 5}), "lists"),
        (
            "一份名单的条目",
            "the entries of one",
            _curl(f"{service}/ListEntries", {"parent": "lists/rehearsal-2023-factories", "pageSize": 3}),
            "entries",
        ),
        ("一家企业的称号", "the honours of an enterprise", _curl(f"{service}/ListHonours", {"parent": f"applicants/{uscc}"}), "honours"),
        ("公开名单，用 HTTP 与 JSON", "the public lists by HTTP and JSON", f"curl -sS 'http://{http_address}/v1/lists?pageSize=5'", "lists"),
    ]


def _curl(url, request):
    return f"{BUF_CURL} {url} -d {shlex.quote(json.dumps(request))}"


def try_all(report, found):
    """Runs the commands that are about to be shown."""
    for zh, en, command, wanted in found:
        done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True)
        if done.returncode != 0 or not json.loads(done.stdout).get(wanted):
            raise Unexpected(f"{command}\n{done.stdout}{done.stderr}")
    report.count("buf curl 与 curl 查询成功", "commands of buf curl and curl that answered", len(found), expected=4)


def tell(suite, found, keep):
    if not keep:
        print("\n演练环境已停止并清除；加 --keep 保留。 The suite is stopped and removed; run deploy/demo --keep to look around.")
        print("保留后可以这样查看 · then look at it like this:")
    else:
        token = suite.directory / "ministry.token"
        with os.fdopen(os.open(token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(suite.token(sub="ministry", roles=["ministry"]))
        print(f"\n正在运行 · running: {suite.address} (process {suite.processes()[0].pid}, kill it to stop)")
        print(f"接口文档 · the description of the HTTP port: http://{suite.http_address}/docs")
        print(f"目录 · directory: {suite.directory}")
        print(f"主管部门令牌 · token of the ministry, for 12 hours: {token}")
    for zh, en, command, _ in found:
        print(f"\n# {zh} · {en}\n{command}")
    if keep:
        url = f"http://{suite.address}/jiebang.review.v1.ReviewService/ListCandidates"
        request = {"parent": "programmes/pilot-demonstration-2023/tracks/demonstration-factory/rounds/autumn-2023", "pageSize": 3}
        header = f'-H "authorization: Bearer $(cat {token})"'
        print(f"\n# 排名（须主管部门令牌） · the ranking, with the ministry's token\n{_curl(url, request)} {header}")
