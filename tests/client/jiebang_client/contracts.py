"""The contracts as Python sees them: message classes and methods, straight from protos/.

protoc writes one descriptor set to build/python, again whenever a contract is newer than it. Message classes come from
that set and not from generated modules: nothing has to be on the import path, and the google.api and google.rpc
packages cannot get in the way of Debian's own google package.
"""

import os
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

ROOT = Path(__file__).resolve().parents[3]
PROTOS = ROOT / "protos"
MODULES = PROTOS / "node_modules"
DESCRIPTOR_SET = ROOT / "build" / "python" / "contracts.binpb"

# What npm brings, and the files of it that are used: details of errors, and gRPC's own services.
INCLUDES = (
    PROTOS,
    MODULES / "google-gax/build/protos",
    MODULES / "grpc-health-check/proto",
    MODULES / "@grpc/reflection/build/proto",
)
FOREIGN = (
    "google/rpc/error_details.proto",
    "google/rpc/status.proto",
    "health/v1/health.proto",
    "grpc/reflection/v1/reflection.proto",
)


def _is_fresh(protos):
    if not DESCRIPTOR_SET.exists():
        return False
    written = DESCRIPTOR_SET.stat().st_mtime
    return all(proto.stat().st_mtime < written for proto in protos)


def _descriptor_set():
    protos = sorted((PROTOS / "jiebang").rglob("*.proto"))
    if not _is_fresh(protos):
        if not (MODULES / "google-gax").exists():
            raise RuntimeError("protos/node_modules is missing: run ./deploy/build first")
        DESCRIPTOR_SET.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and moved, so that processes that start together see a whole file or none.
        with tempfile.TemporaryDirectory(dir=DESCRIPTOR_SET.parent) as directory:
            written = Path(directory) / "contracts.binpb"
            subprocess.run(
                ["protoc", "--include_imports", f"--descriptor_set_out={written}"]
                + [f"-I{path}" for path in INCLUDES]
                + [str(path.relative_to(PROTOS)) for path in protos]
                + list(FOREIGN),
                check=True,
            )
            os.replace(written, DESCRIPTOR_SET)
    return descriptor_pb2.FileDescriptorSet.FromString(DESCRIPTOR_SET.read_bytes())


@lru_cache(maxsize=None)
def _pool():
    pool = descriptor_pool.DescriptorPool()
    for file in _descriptor_set().file:
        pool.Add(file)
    return pool


@lru_cache(maxsize=None)
def _factory():
    return message_factory.MessageFactory(_pool())


@lru_cache(maxsize=None)
def message_class(full_name):
    """The class of a message, e.g. `jiebang.quota.v1.Unit`. Its constructor takes nested dicts and names of enums."""
    return _factory().GetPrototype(_pool().FindMessageTypeByName(full_name))


def message(full_name, **fields):
    return message_class(full_name)(**fields)


@lru_cache(maxsize=None)
def enum_type(full_name):
    """The descriptor of an enum, e.g. `jiebang.options.v1.Role`."""
    return _pool().FindEnumTypeByName(full_name)


@lru_cache(maxsize=None)
def _extension(full_name):
    extension = _pool().FindExtensionByName(full_name)
    if extension.message_type:
        _factory().GetPrototype(extension.message_type)  # its values cannot be read before their class was made
    return extension


def option(descriptor, full_name):
    """What a custom option of ours or Google's says of a method, a field or a message: `option(method, "google.api.http")`."""
    options = descriptor.GetOptions()
    read = message_class(options.DESCRIPTOR.full_name).FromString(options.SerializeToString())
    return read.Extensions[_extension(full_name)]


@lru_cache(maxsize=None)
def services():
    """The suite's services and gRPC's own, by full name and by short name: {"QuotaService": descriptor, ...}.

    A short name that several packages have, such as JournalService, is nobody's.
    """
    found = {}
    for file in _descriptor_set().file:
        if file.package.startswith(("jiebang.", "grpc.")):
            for service in file.service:
                full_name = f"{file.package}.{service.name}"
                found[full_name] = _pool().FindServiceByName(full_name)
    short = [full_name.rpartition(".")[2] for full_name in found]
    return found | {name.rpartition(".")[2]: each for name, each in found.items() if short.count(name.rpartition(".")[2]) == 1}


class Method:
    """One method: its path and the classes of what goes and comes."""

    def __init__(self, descriptor):
        self.path = f"/{descriptor.containing_service.full_name}/{descriptor.name}"
        self.request = message_class(descriptor.input_type.full_name)
        self.response = message_class(descriptor.output_type.full_name)


@lru_cache(maxsize=None)
def method(name):
    """The method of `QuotaService/GetQuota` or `jiebang.quota.v1.QuotaService/GetQuota`."""
    service, _, short = name.partition("/")
    return Method(services()[service].methods_by_name[short])
