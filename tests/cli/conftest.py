"""Fixtures that the record's own tests have too."""

from tests.records.conftest import public_folder as public_folder
