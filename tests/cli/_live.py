# SPDX-License-Identifier: Apache-2.0
"""What the stream of a rehearsal says, beside what `awai rehearse` says of the same run;
used by livepage.sh.

    _live.py same AWAI URL      the six use cases, a run each
    _live.py places URL MOST    how many streams there may be, and clients who go away

Prints "ok NAME" or "not ok NAME: why".
"""
import csv
import json
import os
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request

RUNS = [
    ("gas-water-heater", "tampered-command", 3, "none"),
    ("gas-water-heater", "tampered-command", 3, "decided"),
    ("drone", "hijack", 2, "none"),
    ("warehouse-agv", "fleet-jam", 1, "decided"),
    ("distillation", "explosion", 5, "none"),
    ("welding-robot", "tampered-program", 4, "all"),
    ("condition-monitoring", "falsified-reading", 7, "none"),
]


def tell(name, problem):
    print(f"not ok {name}: {problem}" if problem else f"ok {name}")


def events(url, slug, **query):
    address = f"{url}/api/v1/systems/{slug}/rehearse/stream?{urllib.parse.urlencode(query)}"
    with urllib.request.urlopen(address, timeout=120) as answer:
        kind = answer.headers["Content-Type"]
        text = answer.read().decode()
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
        if "event" in lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return kind, found


def run(awai, *arguments):
    done = subprocess.run([awai, "rehearse", *arguments], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{arguments}: {done.stderr}")
    return done.stdout


def trace_of(awai, run_of):
    """Rows by their time, and marks in order."""
    slug, incident, world, measures = run_of
    path = os.path.join(os.environ["TEST_TMP"], "trace.csv")
    set_of = [] if measures == "none" else ["--measures", measures]
    run(awai, f"usecases/{slug}/model.yaml", "--incident", incident, "--world", str(world),
        "--seed", "9", *set_of, "--trace", path)
    rows, marks = {}, []
    with open(path, encoding="utf-8", newline="") as lines:
        table = csv.reader(lines)
        head = next(table)
        for row in table:
            rows[row[0]] = row[1:-1]
            marks += row[-1].split()
    return head[1:-1], rows, marks


def odd_frame(frames, rows):
    """What a frame has that no row of the trace has, or None."""
    for frame in frames:
        row = rows.get("%.9g" % frame["t"])
        if row is None:
            return f"no row at {frame['t']}"
        got = ["nan" if v is None else "%.9g" % v for v in frame["values"]]
        if got != row:
            odd = [(g, r) for g, r in zip(got, row) if g != r][:3]
            return f"at {frame['t']}: {odd}"
    return None


def marks_of(frames):
    return ["%s@%.6g" % (m["kind"], m["t"]) for f in frames for m in f["marks"]]


def misfit(found):
    """What of some events the schema refuses, or None; nothing to say without jsonschema."""
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        return None
    with open("schema/live.schema.json", encoding="utf-8") as f:
        schema = json.load(f)
    Draft202012Validator.check_schema(schema)
    for event, data in [*found[:3], found[-2], found[-1]]:
        for error in Draft202012Validator(schema).iter_errors({"event": event, "data": data}):
            return f"{event}: {error.json_path} {error.message[:200]}"
    return None


def look_at(awai, url, run_of):
    slug, incident, world, measures = run_of
    name = f"{slug}_{measures}"
    query = {"incident": incident, "world": world, "seed": 9, "measures": measures}
    columns, rows, marks = trace_of(awai, run_of)
    ends_s = max(float(t) for t in rows)
    kind, found = events(url, slug, speed=f"{ends_s:.3f}", **query)
    begin, frames = found[0][1], [data for event, data in found if event == "frame"]
    tell(f"{name}_is_a_stream", kind != "text/event-stream" and kind)
    tell(f"{name}_is_as_the_schema_says", misfit(found))
    tell(f"{name}_columns", [c["name"] for c in begin["columns"]] != columns and "others")
    tell(f"{name}_begins_and_ends", (found[0][0], found[-1][0]) != ("begin", "end") and found[-1][0])
    tell(f"{name}_has_frames", len(frames) < 12 and f"{len(frames)} of them")
    tell(f"{name}_frames_are_rows", odd_frame(frames, rows))
    tell(f"{name}_marks", marks_of(frames) != marks and f"{marks_of(frames)}, not {marks}")
    tell(f"{name}_foresees_its_end", begin["ends_s"] != ends_s and f"{begin['ends_s']}, not {ends_s}")
    look_at_pieces(url, slug, query, ends_s, rows, marks, found[-1][1], name)


def look_at_pieces(url, slug, query, ends_s, rows, marks, end, name):
    """A piece in the middle, the rest, and the same end."""
    middle, speed = round(ends_s * 0.6, 2), f"{ends_s:.3f}"
    _, piece = events(url, slug, speed=speed, until=middle, **query)
    frames = [data for event, data in piece if event == "frame"]
    tell(f"{name}_piece_is_as_the_schema_says", misfit(piece))
    tell(f"{name}_until_pauses", piece[-1][0] != "pause" and piece[-1][0])
    stopped = piece[-1][1]["t"]
    every = piece[0][1]["every_s"]
    tell(f"{name}_until_is_kept", not middle - 1e-6 <= stopped < middle + every and f"{stopped}")
    _, rest = events(url, slug, speed=speed, **{"from": f"{stopped:.6f}"}, **query)
    later = [data for event, data in rest if event == "frame"]
    tell(f"{name}_from_goes_on_there", later[0]["t"] != stopped and later[0]["t"])
    tell(f"{name}_pieces_are_rows", odd_frame(frames + later, rows))
    tell(f"{name}_from_tells_all_marks", marks_of(later) != marks and f"{marks_of(later)}")
    tell(f"{name}_from_ends_the_same", rest[-1] != ("end", end) and str(rest[-1])[:300])


def look_at_levels(awai, url):
    """One world is a sample of one: what is measured in it is what it comes to."""
    slug = "gas-water-heater"
    result = json.loads(run(awai, f"usecases/{slug}/model.yaml", "--runs", "1", "--seed", "9", "--json"))
    wrong = []
    for incident in result["incidents"]:
        for set_of, measures in (("without", "none"), ("with", "decided")):
            _, found = events(url, slug, incident=incident["incident"], seed=9, speed=1000000, measures=measures)
            end = found[-1][1]
            got = {s["id"]: {a: s[a]["level"] for a in ("recovery", "economic") if a in s}
                   for s in end["stakeholders"]}
            expected = {i: {a: s[a]["measured"] for a in s} for i, s in incident[set_of]["stakeholders"].items()}
            outcomes = {o["name"]: o["value"] for o in end["outcomes"]}
            if got != expected or outcomes != incident[set_of]["worst"]["outcomes"]:
                wrong.append(f"{incident['incident']} {measures}: {got}, not {expected}")
            for s in end["stakeholders"]:
                for axis in ("recovery", "economic"):
                    of = s.get(axis, {})
                    if of.get("rank") and not of.get("rule") and not of.get("money"):
                        wrong.append(f"{incident['incident']} {s['id']}: no reason")
                    if of.get("rule") and of["rule"]["value"] < of["rule"]["from"]:
                        wrong.append(f"{incident['incident']} {s['id']}: {of['rule']}")
    tell("levels_are_those_of_rehearse", "; ".join(wrong))


# ---- places ----------------------------------------------------------------------

SLOW = "/api/v1/systems/drone/rehearse/stream?incident=hijack&speed=0.01"


def ask(url, path=SLOW):
    """A connection that has got the first line of its answer, and that line."""
    host, port = url[len("http://"):].split(":")
    s = socket.create_connection((host, int(port)), timeout=60)
    s.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
    line = b""
    while not line.endswith(b"\r\n"):
        part = s.recv(1)
        if not part:
            break
        line += part
    return s, line.decode().split(" ")[1] if line else "none"


def fill(url, most):
    return [ask(url) for _ in range(most)]


def look_at_places(url, most):
    began = fill(url, most)
    tell("as_many_as_may", [status for _, status in began if status != "200"])
    s, status = ask(url)
    tell("no_more_than_may", status != "503" and status)
    s.close()
    s, status = ask(url, "/systems/drone/rehearse")
    tell("others_are_served_meanwhile", status != "200" and status)
    s.close()
    for s, _ in began:
        s.close()
    # who has gone is missed when something is sent to him: at most some seconds
    tries, again = 0, []
    while tries < 300 and len(again) < most:
        s, status = ask(url)
        tries += 1
        if status == "200":
            again.append(s)
        else:
            s.close()
            time.sleep(0.1)
    tell("places_of_who_has_gone_are_free", len(again) < most and f"{len(again)} of {most}")
    for s in again:
        s.close()


if sys.argv[1] == "same":
    for one in RUNS:
        look_at(sys.argv[2], sys.argv[3], one)
    look_at_levels(sys.argv[2], sys.argv[3])
else:
    look_at_places(sys.argv[2], int(sys.argv[3]))
