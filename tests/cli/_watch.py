# SPDX-License-Identifier: Apache-2.0
"""awai rehearse --watch on a terminal of its own; used by watch.sh.

    _watch.py AWAI MODEL INCIDENT

Prints "ok NAME" or "not ok NAME: why".
"""
import os
import pty
import signal
import sys
import time

HIDE, SHOW = b"\033[?25l", b"\033[?25h"


def watch(arguments, interrupt_after=None):
    """What it writes to a terminal, its exit code, and how long it took."""
    start = time.monotonic()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(COLUMNS="90", TERM="xterm")
        os.execv(arguments[0], arguments)
    written = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        written += part
        if interrupt_after and time.monotonic() - start > interrupt_after:
            os.kill(pid, signal.SIGINT)
            interrupt_after = None
    status = os.waitpid(pid, 0)[1]
    os.close(terminal)
    return written, os.waitstatus_to_exitcode(status), time.monotonic() - start


def tell(name, good, why):
    print(f"ok {name}" if good else f"not ok {name}: {why}")


def main(awai, model, incident):
    command = [awai, "rehearse", model, "--incident", incident, "--watch", "--lang", "en"]
    written, code, _ = watch(command + ["--speed", "0"])
    tell("watch_on_terminal", code == 0, f"exit {code}")
    tell("watch_on_terminal_draws", "\u2588".encode() in written, "no bars")
    tell("watch_on_terminal_tells", b"What came of it" in written, "no outcomes")
    tell("watch_gives_cursor_back",
         written.count(HIDE) == 1 and written.rfind(SHOW) > written.rfind(HIDE), "hidden")
    written, code, took = watch(command + ["--speed", "10"], interrupt_after=1)
    tell("watch_interrupted", code == 0 and took < 20, f"exit {code} after {took:.0f} s")
    tell("watch_interrupted_says_so", b"Ended early" in written, "not told")
    tell("watch_interrupted_gives_cursor_back",
         written.rfind(SHOW) > written.rfind(HIDE), "hidden")


main(*sys.argv[1:])
