"""The peer's own virtual environment: `.peer/` in the repository's folder, kept between runs."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".peer"
LOCK = Path(__file__).with_name("requirements.lock")


def environment() -> Path:
    """The folder with the environment's programs; made when it is missing or the lock has changed.

    Ends the run with pip's last words when the packages cannot be had.
    """
    stamp, wanted = FOLDER / ".stamp", hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    programs = FOLDER / "bin"
    if stamp.exists() and stamp.read_text() == wanted:
        return programs
    shutil.rmtree(FOLDER, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", FOLDER], check=True)
    pip: list[str | Path] = [
        programs / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
    ]
    done = subprocess.run(
        [*pip, "--no-deps", "--require-hashes", "-r", LOCK], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"GNU Health could not be installed: {done.stderr[-1000:]}")
    stamp.write_text(wanted)
    return programs
