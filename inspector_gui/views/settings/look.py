"""How the station looks and sounds."""

from __future__ import annotations

from PySide6.QtCore import Signal

from inspector_gui.settings import Settings
from inspector_gui.theme import Theme
from inspector_gui.views.settings.section import Section
from inspector_gui.widgets.segments import Segments


class LookSection(Section):
    """Language, theme and size; each counts at once.

    Signals:
        changed: A dict of what is set differently.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__(theme, self.tr("Look"))
        name = self.tr("Language")
        languages = (
            ("system", self.tr("As the computer")),
            ("en", "English"),
            ("de", "Deutsch"),
        )
        self.language = Segments(name, languages, settings.language)
        self.language.chosen.connect(lambda key: self.changed.emit({"language": key}))
        self.add_setting(name, self.tr("Of all texts and figures on the screen."), self.language)
        name = self.tr("Theme")
        themes = (
            ("system", self.tr("As the computer")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        )
        self.look = Segments(name, themes, settings.theme)
        self.look.chosen.connect(lambda key: self.changed.emit({"theme": key}))
        self.add_setting(name, self.tr("Dark is easier on the eyes in a dim hall."), self.look)
        name = self.tr("Size of buttons")
        sizes = (("", self.tr("Normal")), ("large", self.tr("For gloves")))
        self.sizes = Segments(name, sizes, "large" if settings.large_targets else "")
        self.sizes.chosen.connect(lambda key: self.changed.emit({"large_targets": bool(key)}))
        self.add_setting(name, self.tr("Everything that is pressed, on every screen."), self.sizes)


class SoundSection(Section):
    """Whether rejects are heard.

    Signals:
        changed: A dict of what is set differently.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__(theme, self.tr("Sound"))
        name = self.tr("Sound on reject")
        choices = (("", self.tr("Off")), ("on", self.tr("On")))
        self.sound = Segments(name, choices, "on" if settings.sound_on_reject else "")
        self.sound.chosen.connect(lambda key: self.changed.emit({"sound_on_reject": bool(key)}))
        help_line = self.tr("A short tone for each part that does not pass.")
        self.add_setting(name, help_line, self.sound)
