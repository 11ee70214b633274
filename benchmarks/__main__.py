"""`make bench`: its own cluster and servers, loopback only, bounded in time, results in `benchmarks/RESULTS.md`.

BENCH_SECONDS (2) and BENCH_ROUNDS (3) set how long each measurement is; SCALE (1) multiplies the data.
BENCH_PEER=1 measures GNU Health beside it.
Targets are measured in turns within each round, so that a noisy neighbour hits them alike; ratios are medians of
each round's ratio.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SECONDS = float(os.environ.pop("BENCH_SECONDS", "2"))
ROUNDS = int(os.environ.pop("BENCH_ROUNDS", "3"))
SCALE = float(os.environ.pop("SCALE", "1"))


def main() -> int:
    """Make a home, load it, measure, and clean up whatever happens."""
    home = Path(tempfile.mkdtemp(prefix="mentalspace-bench-"))
    home.chmod(0o755)
    for name in [name for name in os.environ if name.startswith("MENTALSPACE_")]:
        del os.environ[name]
    os.environ.update(
        MENTALSPACE_HOME=str(home),
        MENTALSPACE_DEMO="0",
        BENCH_CLUSTER="1",
        DJANGO_SETTINGS_MODULE="mentalspace.settings",
    )
    try:
        return _measured(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _measured(home: Path) -> int:
    from mentalspace.env import environment
    from mentalspace.launch import keys, roles
    from mentalspace.launch.cluster import lease

    env = environment()
    for folder in (env.objects, env.backups, env.seals, env.logs):
        folder.mkdir(parents=True, exist_ok=True)
    keys.create_missing(env)
    with lease(env, keep=True, make=True) as cluster:
        try:
            roles.ensure(env)
            subprocess.run([sys.executable, "-m", "mentalspace.cli", "migrate"], check=True, stdout=subprocess.DEVNULL)
            from benchmarks.run import run

            return run(env, seconds=SECONDS, rounds=ROUNDS, factor=SCALE)
        finally:
            if cluster:
                cluster.stop()


if __name__ == "__main__":
    sys.exit(main())
