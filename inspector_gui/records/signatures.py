"""A lot's signature: who, when and what it means, bound to this lot of this record.

`signature` is Ed25519 over "line-inspector lot signature", a line feed, and the JSON of all other
fields, in the form that `chain` describes. It names the hash of the record's entry at
`through_seq`, and so holds nowhere but in the chain that it was made in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from inspector_gui.records.chain import canonical
from inspector_gui.records.keys import is_signed, key_at, keys_of
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import hash_at

MEANINGS = (
    "reviewed",
    "reviewed and released",
    "reviewed and not released",
    "approved",
)
"""What a signature usually says; any other text is as good."""


@dataclass(frozen=True, slots=True)
class Signature:
    """As it stands in the record.

    Attributes:
        account, full_name, role: Who signed.
        signed_at: UTC, ISO 8601.
        parts, first_seq, last_seq: Of the lot.
        through_seq, head_sha256: The record's last entry when it was signed.
        public_key, signature: In hexadecimal.
    """

    record: str
    lot: str
    account: str
    full_name: str
    role: str
    meaning: str
    signed_at: str
    parts: int
    first_seq: int
    last_seq: int
    through_seq: int
    head_sha256: str
    public_key: str
    signature: str = ""

    @property
    def text(self) -> str:
        """What is signed."""
        content = {name: value for name, value in asdict(self).items() if name != "signature"}
        return f"line-inspector lot signature\n{canonical(content)}"


def signature_problem(reader: RecordReader, row: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Why the signature in a row of the trail does not hold; "" if it does.

    Args:
        row: Of the table `audit`, with an allowed `sign_lot`.
        new: What stands in its column `new`.
    """
    try:
        signature = Signature(**new)
        key = key_at(keys_of(reader), row["seq"])
        is_genuine = is_signed(signature.text, signature.signature, key)
    except (TypeError, ValueError, AttributeError):
        return "it is no signature."
    if not is_genuine or signature.public_key != key:
        return "it was not made with the record's key."
    bound = (signature.record, signature.lot, signature.account)
    if bound != (reader.record_id, row["subject"], row["account"]):
        return "it is of another lot, or somebody else's."
    if hash_at(reader.connection, signature.through_seq) != signature.head_sha256:
        return "it was made in another record, or this one was written anew before it."
    return ""


def late_entry(reader: RecordReader, lot: str, signed_seq: int) -> str:
    """The first entry of a lot that came after its signature, one sentence; "" if none did."""
    late = " UNION ALL ".join(
        f"SELECT t.seq, '{table}' FROM {table} AS t CROSS JOIN inspections AS i "
        "ON i.seq = t.inspection_seq WHERE t.seq > :seq AND i.lot = :lot"
        for table in ("images", "dispositions")
    )
    row = reader.connection.execute(
        f"SELECT seq, 'inspections' FROM inspections WHERE seq > :seq AND lot = :lot "
        f"UNION ALL {late} ORDER BY 1 LIMIT 1",
        {"seq": signed_seq, "lot": lot},
    ).fetchone()
    if row is None:
        return ""
    return f"Entry {row[0]} ({row[1].removesuffix('s')}) came to lot {lot} after it was signed."
