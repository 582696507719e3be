"""The record with accounts, for the section of users too."""

from tests.views.accounts.conftest import _quick as _quick
from tests.views.accounts.conftest import controller as controller
from tests.views.accounts.conftest import original as original
