"""Garbage is collected in the GUI thread, and only there."""

from __future__ import annotations

import gc
import threading
import weakref

from pytestqt.qtbot import QtBot

from desktop.collecting import Collector


class Knot:
    """Something that only the cyclic collector can free."""

    def __init__(self) -> None:
        self.self = self
        self.died_in: list[threading.Thread] = DEATHS

    def __del__(self) -> None:
        self.died_in.append(threading.current_thread())


DEATHS: list[threading.Thread] = []


def test_a_thread_that_makes_garbage_does_not_collect_it(qtbot: QtBot) -> None:
    DEATHS.clear()
    collector = Collector()
    try:
        knot = weakref.ref(Knot())
        worker = threading.Thread(target=lambda: [[] for _ in range(20_000)] and [Knot() for _ in range(2000)])
        worker.start()
        worker.join()
        assert knot() is not None
        collector.collect()
        assert knot() is None
        assert set(DEATHS) == {threading.main_thread()}
    finally:
        collector.stop()
        gc.disable()
        gc.unfreeze()

def test_what_a_start_brought_is_never_looked_at(qtbot: QtBot) -> None:
    collector = Collector()
    try:
        before = gc.get_freeze_count()
        qtbot.waitUntil(lambda: gc.get_freeze_count() > before)
        frozen = gc.get_freeze_count()
        qtbot.wait(1200)  # later ones are collected
        assert gc.get_freeze_count() <= frozen
    finally:
        collector.stop()
        gc.disable()
        gc.unfreeze()
