"""Certificates for tests, made by the openssl command line, which knows nothing of us."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Pair:
    """The files of a certificate and of its key."""

    certificate: Path
    key: Path


class Authority:
    """Signs certificates; `certificate` is its own. Its files are `<name>.crt` and so on in the directory."""

    def __init__(self, directory, name):
        self._directory = directory
        self._name = name
        directory.mkdir(parents=True, exist_ok=True)
        self._key = directory / f"{name}.key"
        self.certificate = directory / f"{name}.crt"
        _openssl("req", "-x509", *_NEW_KEY, "-keyout", self._key, "-out", self.certificate, "-days", "2", "-subj", f"/CN={name}")

    def issue(self, name, *, subject=None, alternatives="DNS:localhost,IP:127.0.0.1"):
        """A pair for `subject`, e.g. "/O=Jiangsu/CN=platform"; without one, for the name of its files."""
        pair = Pair(self._directory / f"{name}.crt", self._directory / f"{name}.key")
        subject = subject or f"/CN={name}"
        request = _openssl("req", *_NEW_KEY, "-keyout", pair.key, "-subj", subject, "-addext", f"subjectAltName={alternatives}")
        sign = ("x509", "-req", "-CA", self.certificate, "-CAkey", self._key, "-days", "2", "-copy_extensions", "copy")
        _openssl(*sign, "-out", pair.certificate, input=request)
        return pair


_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-utf8")


def _openssl(*arguments, input=b""):
    return subprocess.run(["openssl", *map(str, arguments)], input=input, capture_output=True, check=True).stdout
