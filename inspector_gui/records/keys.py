"""The key pair with which a record is signed (Ed25519, RFC 8032).

The private key is a file beside the record that its owner alone may read; the public one is an
entry of the chain, and 64 hexadecimal digits to write down elsewhere. No backup holds the private
one: a record that is restored gets another pair, and what was signed before still holds with the
public key that was in force then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from inspector_gui.records.accounts import Session
from inspector_gui.records.errors import RecordsDamaged, RecordsError
from inspector_gui.records.office import Office
from inspector_gui.records.permissions import Action
from inspector_gui.records.private import read_private, write_private
from inspector_gui.records.reader import RecordReader

FILE = "signing.key"


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """Signs for one record."""

    _key: Ed25519PrivateKey

    @property
    def public_key(self) -> str:
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, text: str) -> str:
        """The signature of a text's UTF-8, in hexadecimal."""
        return self._key.sign(text.encode()).hex()


def is_signed(text: str, signature: str, public_key: str) -> bool:
    """Whether a signature is this key's of this text; also False for what is none at all."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def keys_of(reader: RecordReader) -> list[tuple[int, str]]:
    """The record's public keys, each with the entry from which it is in force, oldest first."""
    made = reader.audit(action=Action.MAKE_KEY)
    return [(r.seq, str(r.entry.new.get("public_key", ""))) for r in made if r.entry.new]


def key_at(keys: Sequence[tuple[int, str]], seq: int) -> str:
    """Which of a record's keys was in force at an entry, the first one before all; "" of none."""
    return next((key for since, key in reversed(keys) if since <= seq), keys[0][1] if keys else "")


def public_key_of(reader: RecordReader) -> str:
    """The record's public key that is in force now; "" if it has none yet."""
    keys = keys_of(reader)
    return keys[-1][1] if keys else ""


def signer_of(office: Office, session: Session | None = None) -> Signer:
    """The record's signer; its key pair is made where there is none.

    Raises:
        RecordsDamaged: The private key is not the record's.
        RecordsError: It cannot be read or written, or others can read it.
    """
    path = office.folder / FILE
    with office.acting():
        with RecordReader(office.folder) as reader:
            public_key = public_key_of(reader)
        if not path.exists():
            if public_key:
                raise RecordsDamaged(
                    f"{path} is missing: put it back, or restore the record from a backup, "
                    "which makes another key."
                )
            _make(path)
        signer = Signer(_read(path))
        if not public_key:
            new = {"public_key": signer.public_key}
            office.permit(Action.MAKE_KEY, session, FILE, new=new)
        elif signer.public_key != public_key:
            raise RecordsDamaged(f"{path} is not this record's key: put that one back.")
    return signer


def renew_key(office: Office, session: Session | None, why: str) -> None:
    """Make another key pair for a record that has come without its private key, if it had one.

    Raises:
        Refused: This account may not act.
        RecordsError: There is a private key, or none can be written.
    """
    path = office.folder / FILE
    with office.acting():
        with RecordReader(office.folder) as reader:
            old = public_key_of(reader)
        if not old:
            return
        if path.exists():
            raise RecordsError(f"{path} exists already: the record needs no other key.")
        _make(path)
        new = {"public_key": Signer(_read(path)).public_key}
        office.permit(Action.MAKE_KEY, session, FILE, old={"public_key": old}, new=new, why=why)


def _make(path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    write_private(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(read_private(path), None)
    except ValueError as error:
        raise RecordsDamaged(f"{path} is no key: put the right file back.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise RecordsDamaged(f"{path} is no Ed25519 key: put the right file back.")
    return key
