# What the Python peers share: requests and answers as JSON lines on stdin and stdout, and the timing of a burst of steps.
# A request is one line: the workload (see workloads.ts), "seconds" and "steps" that a burst may take, "warmUp" in seconds.
# The answer is {"milliseconds": [...], "cores": processor time / time} or {"unsupported": "why"}. With "prepareOnly" nothing is
# measured and the answer is {"prepared": id}.
import importlib
import json
import sys
import time


def require(*modules):
    """Imports the modules this peer needs; says which one is missing and ends when one is."""
    try:
        return [importlib.import_module(name) for name in modules]
    except ImportError as error:
        say({"missing": str(error)})
        sys.exit(0)


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def threads():
    """The number of threads this process may compute with: its first argument."""
    return int(sys.argv[1])


def measure(step, request):
    """Milliseconds of each step of one burst, and how many cores it kept busy."""
    milliseconds = []
    begin, used = time.perf_counter(), time.process_time()
    while len(milliseconds) < request["steps"]:
        before = time.perf_counter()
        step()
        after = time.perf_counter()
        milliseconds.append((after - before) * 1e3)
        if after - begin > request["seconds"]:
            break
    wall = time.perf_counter() - begin
    return {"milliseconds": milliseconds, "cores": (time.process_time() - used) / wall}


def warm_up(step, seconds):
    """At least one step, and as many as fit."""
    step()
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds:
        step()


def serve(name, version, prepare):
    """
    Answers requests until stdin ends. `prepare(request)` builds and compiles the workload, once, and returns a function
    that does one step and waits for its result; it raises NotImplementedError for what this peer cannot do. Requests
    that only prepare come while others prepare too; the machine is this process's alone when it is to measure.
    """
    say({"ready": {"name": name, "version": version}})
    steps, warm = {}, set()
    for line in sys.stdin:
        request = json.loads(line)
        key = request["id"]
        try:
            if key not in steps:
                steps[key] = prepare(request)
            if request.get("prepareOnly"):
                say({"prepared": key})
                continue
            if key not in warm:
                warm_up(steps[key], request["warmUp"])
                warm.add(key)
            else:
                # What others did meanwhile has emptied the caches.
                steps[key]()
            say(measure(steps[key], request))
        except NotImplementedError as reason:
            say({"unsupported": str(reason)})
