"""Passwords as argon2id hashes, in a file beside the record that its owner alone may read.

The file holds hashes by their SHA-256; whose a hash is, and whether it is in force, says the chain
(see `accounts`). A hash that somebody puts into the file is therefore nobody's. The salt within a
hash keeps its SHA-256 from telling anything about the password.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from inspector_gui.records.errors import RecordsDamaged, RecordsError
from inspector_gui.records.private import read_private, write_private

FILE = "passwords.json"
MIN_LENGTH, MAX_LENGTH = 12, 1024
_hasher = PasswordHasher()  # RFC 9106's second choice: argon2id, 64 MiB, 3 passes, 4 lanes
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$bm9ib2R5IGtub3dzIGl0$" + "A" * 43


def check_rule(password: str, name: str) -> None:
    """Refuse a password that is no good.

    Raises:
        RecordsError: It is too short or long, or the account's name.
    """
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise RecordsError(f"A password has at least {MIN_LENGTH} characters: choose a longer one.")
    if password.strip().casefold() == name.casefold() or len(set(password)) < 4:
        raise RecordsError("This password is too easy to guess: choose another one.")


def _normal(password: str) -> str:
    """One form, whichever keyboard composes the letters."""
    return unicodedata.normalize("NFKC", password)


class Passwords:
    """The hashes that belong to a record."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    @property
    def hashes(self) -> dict[str, str]:
        """All that are kept, by their SHA-256; what `keep` takes.

        Raises:
            RecordsError: The file cannot be read, or others can read it too.
        """
        return self._read()

    def add(self, password: str) -> str:
        """Keep a password's hash; its SHA-256, by which the chain names it."""
        encoded = _hasher.hash(_normal(password))
        sha256 = hashlib.sha256(encoded.encode()).hexdigest()
        self.keep({**self._read(), sha256: encoded})
        return sha256

    def keep_only(self, in_force: Collection[str]) -> None:
        """Forget all other hashes."""
        self.keep({sha256: text for sha256, text in self._read().items() if sha256 in in_force})

    def fits(self, password: str, sha256: str) -> bool:
        """Whether it is the password; for "", nobody's, it takes as long and is not.

        Raises:
            RecordsDamaged: The hash is not in the file.
        """
        encoded = self._encoded(sha256) if sha256 else _NOBODYS
        try:
            return _hasher.verify(encoded, _normal(password))
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, sha256: str) -> bool:
        """Whether it was hashed with other parameters than today's."""
        return _hasher.check_needs_rehash(self._encoded(sha256))

    def _encoded(self, sha256: str) -> str:
        encoded = self._read().get(sha256, "")
        if hashlib.sha256(encoded.encode()).hexdigest() != sha256:
            raise RecordsDamaged(
                f"{self._path} does not hold this account's password: restore it from the backup, "
                "or have an administrator set a new one."
            )
        return encoded

    def keep(self, hashes: Mapping[str, str]) -> None:
        """Keep these hashes and no others."""
        write_private(self._path, json.dumps(hashes, indent=1).encode())

    def _read(self) -> dict[str, str]:
        if not self._path.exists():
            return {}
        content = read_private(self._path)
        try:
            found = json.loads(content)
            return {str(key): str(value) for key, value in found.items()}
        except (ValueError, AttributeError) as error:
            raise RecordsDamaged(f"{self._path} is damaged: restore it from the backup.") from error
