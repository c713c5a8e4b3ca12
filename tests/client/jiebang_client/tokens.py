"""Keys and bearer tokens, made by jiebangctl."""

import json
import subprocess


def make_keys(jiebangctl, directory, kind="ed25519"):
    """Writes private.pem and public.pem; their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    private, public = directory / "private.pem", directory / "public.pem"
    subprocess.run([jiebangctl, "key", "--kind", kind, "--private", private, "--public", public], check=True)
    return private, public


def mint(jiebangctl, private, claims, hours=12):
    """A token for each of the claims: dicts with sub, roles, uscc, unit, expert."""
    done = subprocess.run(
        [jiebangctl, "token", "--key", private, "--hours", str(hours), "--batch"],
        input="".join(json.dumps(each) + "\n" for each in claims),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    tokens = done.stdout.split()
    if len(tokens) != len(claims):
        raise RuntimeError(f"{len(claims)} tokens were asked for, {len(tokens)} came")
    return tokens
