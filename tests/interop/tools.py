"""What the clients are made of, installed where it is missing: npm's packages as pinned, code from our contracts, Chromium."""

import shutil
import subprocess
from pathlib import Path

from jiebang_client.contracts import MODULES, PROTOS, ROOT

HERE = Path(__file__).resolve().parent
GENERATED = HERE / "gen"
GOOGLE = MODULES / "google-gax/build/protos"
# What our contracts import and what errors carry.
FOREIGN = ["api/annotations", "api/http", "api/field_behavior", "api/field_info", "api/resource"]
FOREIGN += ["rpc/error_details", "rpc/status", "type/date", "longrunning/operations", "api/client", "api/launch_stage"]


def prepare(with_browser):
    subprocess.run([ROOT / "deploy/install-dependencies"], check=True)
    install_packages()
    generate()
    if with_browser:
        install_browser()


def install_packages():
    lock, installed = HERE / "package-lock.json", HERE / "node_modules/.package-lock.json"  # npm writes it last
    if not installed.exists() or lock.stat().st_mtime > installed.stat().st_mtime:
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=HERE, check=True)


def generate():
    """Modules of @bufbuild/protobuf from our contracts, anew each time."""
    shutil.rmtree(GENERATED, ignore_errors=True)
    GENERATED.mkdir()
    command = ["protoc", f"--plugin=protoc-gen-es={HERE}/node_modules/.bin/protoc-gen-es"]
    command += [f"--es_out={GENERATED}", "--es_opt=target=js,import_extension=js", f"-I{PROTOS}", f"-I{GOOGLE}"]
    command += [str(proto.relative_to(PROTOS)) for proto in sorted((PROTOS / "jiebang").rglob("*.proto"))]
    command += [f"google/{name}.proto" for name in FOREIGN]
    subprocess.run(command, check=True)


def install_browser():
    if shutil.which("chromium"):
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    done = subprocess.run(command, capture_output=True, text=True, env={"DEBIAN_FRONTEND": "noninteractive", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
    if done.returncode:
        raise SystemExit(f"Chromium cannot be installed (--without-browser goes without):\n{done.stdout[-800:]}{done.stderr[-800:]}")
