"""The picture of a part, or what to do to get one."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout

from engines.verdict import Verdict
from inspector_gui.inspection.inspection import Inspection
from inspector_gui.theme import Theme, restyle
from inspector_gui.views import words
from inspector_gui.views.live.guidance import Guidance, action
from inspector_gui.views.overlay import overlay_of
from inspector_gui.widgets.elided_label import ElidedLabel
from inspector_gui.widgets.guide import Guide
from inspector_gui.widgets.image_view import ImageView, Pixel


class Picture(QFrame):
    """Shows one inspection's picture with its overlay; can be frozen while the line goes on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("role", "well")
        self.setProperty("frozen", False)
        self.view = ImageView(theme)
        self.view.pointed.connect(self._show_pixel)
        self.guide = Guide(theme)
        self.chip = QLabel(self.tr("Frozen"))
        self.chip.setProperty("role", "chip")
        self.chip.hide()
        self.caption = ElidedLabel("caption")
        self.pixel = QLabel()
        self.pixel.setProperty("role", "caption")
        self._guidance = Guidance("")
        self._latest: Inspection | None = None
        self._shown: Inspection | None = None
        self._is_frozen = False
        self._stack = QStackedLayout()
        self._stack.addWidget(self.guide)
        self._stack.addWidget(self.view)
        self._lay_out()

    def _lay_out(self) -> None:
        space = self._theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space(1), space(1), space(1), space(1))
        layout.setSpacing(space(1))
        layout.addLayout(self._stack, 1)
        below = QHBoxLayout()
        below.setContentsMargins(space(1), 0, space(1), 0)
        below.setSpacing(space(3))
        below.addWidget(self.chip)
        below.addWidget(self.caption, 1)
        below.addWidget(self.pixel)
        layout.addLayout(below)

    @property
    def shown(self) -> Inspection | None:
        return self._shown

    @property
    def is_frozen(self) -> bool:
        return self._is_frozen

    def show_inspection(self, inspection: Inspection) -> None:
        """Show the line's latest part, unless the picture is frozen."""
        self._latest = inspection
        if not self._is_frozen:
            self._show(inspection)

    def hold(self, inspection: Inspection) -> None:
        """Show an earlier part, frozen, until `freeze(False)`."""
        self.freeze(True)
        self._show(inspection)

    def freeze(self, is_frozen: bool) -> None:
        if is_frozen != self._is_frozen:
            self._is_frozen = is_frozen
            self.chip.setVisible(is_frozen)
            self.setProperty("frozen", is_frozen)
            restyle(self, self.caption, self.pixel)
        if is_frozen and self._shown is not None:
            self._show_caption(self._shown)
        elif not is_frozen and self._latest is not None:
            self._show(self._latest)
        elif not is_frozen:
            self._show_guide()

    def show_guidance(self, guidance: Guidance) -> None:
        """The line has no picture: say why, and what to do; a frozen one stays."""
        self._latest, self._guidance = None, guidance
        if not self._is_frozen:
            self._show_guide()

    def _show_guide(self) -> None:
        said = self._guidance
        self._shown = None
        self.view.clear()
        self.caption.setText("")
        buttons = [(value.value, action(value)) for value in said.actions]
        self.guide.show_words(
            said.title, said.text, said.remedy, buttons, said.detail, is_alarm=said.is_alarm
        )
        self._stack.setCurrentWidget(self.guide)

    def _show(self, inspection: Inspection) -> None:
        self._shown = inspection
        self._show_caption(inspection)
        pixels = inspection.pixels
        verdict = inspection.verdict
        if pixels is None:
            self.view.clear()
            self.guide.show_words(
                words.reason(verdict.reason),
                words.sentence(verdict.detail),
                "",
            )
            self._stack.setCurrentWidget(self.guide)
        else:
            self.view.show_picture(pixels, overlay_of(verdict, words.chip))
            self._stack.setCurrentWidget(self.view)

    def _show_caption(self, inspection: Inspection) -> None:
        part = self.tr("Part {n}").format(n=QLocale().toString(inspection.part))
        texts = [part, inspection.source]
        if self._is_frozen:
            texts.insert(1, _verdict_line(inspection.verdict))
        self.caption.setText("  ·  ".join(texts))

    def _show_pixel(self, pixel: Pixel | None) -> None:
        if pixel is None:
            self.pixel.clear()
            return
        value = " ".join(map(str, pixel.values))
        text = self.tr("x {x}  y {y}  value {value}").format(x=pixel.x, y=pixel.y, value=value)
        self.pixel.setText(text)


def _verdict_line(verdict: Verdict) -> str:
    """The verdict in words: `REJECT: Crack, R2, 0.76 / 0.50`."""
    line = f"{words.decision(verdict.decision)}: {words.findings_line(verdict)}"
    if verdict.score is None or verdict.threshold is None:
        return line
    return f"{line}, {words.score(verdict.score)} / {words.score(verdict.threshold)}"
