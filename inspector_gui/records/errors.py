"""Why a record cannot be used.

```
RecordsError
├── RecordsBusy        another line, or another program, keeps it from being written
├── RecordsDamaged     it does not hold: see `inspector records verify`
├── Refused            nobody is signed in, or this account may not do it
└── ExportCancelled    somebody no longer wants the file
```
"""

from __future__ import annotations


class RecordsError(Exception):
    """The record cannot be read or written. The text is one sentence with cause and remedy."""


class RecordsBusy(RecordsError):
    pass


class RecordsDamaged(RecordsError):
    pass


class Refused(RecordsError):
    pass


class ExportCancelled(RecordsError):
    pass
