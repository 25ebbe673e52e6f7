"""The settings, made from the table of fields; each takes effect at once."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.dialogs.dialog import Dialog
from desktop.settings import FIELDS, Settings
from desktop.theme import Theme
from desktop.wording import tr


class SettingsDialog(Dialog):
    """A row per field that has a label."""

    def __init__(self, settings: Settings, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(tr("Settings"), theme, parent, tr("Changes take effect at once."), 460)
        self._settings = settings
        self.fields: dict[str, QComboBox] = {}
        form = self.form()
        for field in FIELDS:
            if not field.label:
                continue
            box = self.fields[field.key] = QComboBox()
            box.setAccessibleName(tr(field.label))
            for value, words in field.choices:
                box.addItem(tr(words), value)
            place = box.findData(settings[field.key])
            if place < 0:
                box.addItem(str(settings[field.key]), settings[field.key])
                place = box.count() - 1
            box.setCurrentIndex(place)
            box.activated.connect(lambda _, key=field.key: self._set(key))
            form.addRow(tr(field.label), box)
        self.add_cancel(tr("Close")).setDefault(True)

    def _set(self, key: str) -> None:
        self._settings[key] = self.fields[key].currentData()
        self.theme.refresh()
