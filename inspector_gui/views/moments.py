"""Times of the record, which are UTC, as the clock on the wall shows them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime


def local(text: str) -> datetime:
    """A time of the record's, with or without an offset."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone()


def minute(moment: datetime) -> str:
    """A minute as filters have it; a time without a zone is local."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")


def date_format() -> str:
    """The locale's short date, with all four digits of the year."""
    short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return short if "yyyy" in short else short.replace("yy", "yyyy")


def second(text: str) -> str:
    """Date and time to the second."""
    moment = local(text)
    return f"{date(moment)} {moment:%H:%M:%S}"


def date(moment: datetime) -> str:
    day = QDate(moment.year, moment.month, moment.day)
    return QLocale().toString(day, date_format())


def day_and_minute(moment: datetime) -> str:
    return f"{date(moment)} {moment:%H:%M}"


def span(begin: datetime, end: datetime) -> str:
    """From when to when; the date is not said twice."""
    last = f"{end:%H:%M}" if begin.date() == end.date() else day_and_minute(end)
    return f"{day_and_minute(begin)} – {last}"


def there(text: str, utc_offset_min: int | None) -> str:
    """Date, time and offset as the clock on the wall stood where it was written."""
    zone = timezone(timedelta(minutes=utc_offset_min or 0))
    moment = local(text).astimezone(zone)
    return f"{date(moment)} {moment:%H:%M:%S} {moment.tzname()}"


def to_qt(moment: datetime) -> QDateTime:
    """A local time for a widget."""
    return QDateTime(
        QDate(moment.year, moment.month, moment.day), QTime(moment.hour, moment.minute)
    )


def from_qt(moment: QDateTime) -> datetime:
    return datetime.fromtimestamp(moment.toSecsSinceEpoch(), UTC).astimezone()
