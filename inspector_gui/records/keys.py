"""The key pair with which a record is signed (Ed25519, RFC 8032).

The private key is a file beside the record that its owner alone may read; the public one is an
entry of the chain, and 64 hexadecimal digits to write down elsewhere.
"""

from __future__ import annotations

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
from inspector_gui.records.errors import RecordsDamaged
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


def public_key_of(reader: RecordReader) -> str:
    """The record's public key, from its chain; "" if it has none yet."""
    made = (r.entry.new for r in reader.audit(action=Action.MAKE_KEY) if r.entry.new)
    return str(next(made, {}).get("public_key", ""))


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
        if not public_key and not path.exists():
            _make(path)
        signer = Signer(_read(path))
        if not public_key:
            new = {"public_key": signer.public_key}
            office.permit(Action.MAKE_KEY, session, FILE, new=new)
        elif signer.public_key != public_key:
            raise RecordsDamaged(
                f"{path} is not the key that this record was begun with: restore that one."
            )
    return signer


def _make(path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    write_private(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(read_private(path), None)
    except ValueError as error:
        raise RecordsDamaged(f"{path} is no key: restore it from the backup.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise RecordsDamaged(f"{path} is no Ed25519 key: restore it from the backup.")
    return key
