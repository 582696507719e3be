"""What somebody does to a record who has its file and knows SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pysqlite3

from inspector_gui.records.chain import genesis, row_hash
from inspector_gui.records.reader import RecordReader
from inspector_gui.records.store import DATABASE


@contextmanager
def unguarded(folder: Path) -> Iterator[Any]:
    """A connection with the guards taken away, which are put back at the end."""
    connection = pysqlite3.connect(str(folder / DATABASE), isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = guards.fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield connection
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()


def manipulate(folder: Path, *statements: str) -> None:
    with unguarded(folder) as connection:
        for statement in statements:
            connection.execute(statement)


def rewritten(folder: Path, change: Callable[[str, dict[str, Any]], None]) -> None:
    """The whole chain written anew around changed rows, as by who knows the program well."""
    with RecordReader(folder) as reader:
        record_id = reader.record_id
        rows = list(reader.rows())
    previous = genesis(record_id)
    with unguarded(folder) as connection:
        for table, row in rows:
            change(table, row)
            row["previous_sha256"] = previous
            previous = row["sha256"] = row_hash(previous, table, row)
            names = ", ".join(f"{name} = ?" for name in row)
            connection.execute(
                f"UPDATE {table} SET {names} WHERE seq = ?", [*row.values(), row["seq"]]
            )
