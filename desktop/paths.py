"""Where the program keeps its own files; a throw-away profile (`--profile FOLDER`) touches nothing of the user's."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import platformdirs

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


@dataclass(frozen=True, slots=True)
class Paths:
    """Folders of one profile. `settings` is an INI file; `libraries` is where new libraries are proposed."""

    settings: Path
    logs: Path
    libraries: Path
    server: str

    @property
    def log(self) -> Path:
        """The log that a message about an unexpected error points at."""
        return self.logs / "standpoint.log"

    @property
    def sample(self) -> Path:
        """Where the user's copy of the sample library lies."""
        return self.libraries / "Sample library"


def user_paths() -> Paths:
    """The folders of the person at this computer, as the operating system wants them."""
    return Paths(
        settings=platformdirs.user_config_path("standpoint", appauthor=False) / "settings.ini",
        logs=platformdirs.user_log_path("standpoint", appauthor=False),
        libraries=platformdirs.user_documents_path() / "Standpoint",
        server=f"standpoint-{blake2b(str(Path.home()).encode(), digest_size=6).hexdigest()}",  # each user has one
    )


def profile_paths(folder: Path) -> Paths:
    """Everything under one folder: for tests, for a stick, for a second profile."""
    root = folder.resolve()
    return Paths(
        settings=root / "settings.ini",
        logs=root / "logs",
        libraries=root / "libraries",
        server="standpoint-" + blake2b(str(root).encode(), digest_size=6).hexdigest(),
    )
