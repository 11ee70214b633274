"""Reading files: every form they come in, and every way they can be broken."""

import gzip
import json
import re
from pathlib import Path

import pytest

from mentalspace.exchange.fhir import reading
from mentalspace.exchange.fhir.errors import BrokenFile
from mentalspace.exchange.tests.resources import SHARED, bundle, chart, condition, patient, write

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared test data are not on this machine")


def entries(*paths: Path) -> list[reading.Entry]:
    sources = reading.find(paths).sources
    return [entry for source in sources for unit in reading.read(source) for entry in unit.entries]


def broken(path: Path) -> str:
    with pytest.raises(BrokenFile) as caught:
        entries(path)
    return str(caught.value)


@pytest.mark.parametrize("kind", ["transaction", "batch", "collection", "searchset"])
@pytest.mark.parametrize("zipped", [False, True])
def test_bundles(tmp_path: Path, kind: str, zipped: bool) -> None:
    path = write(tmp_path / "a.json", bundle(*chart(), kind=kind), zipped=zipped)
    assert [entry.resource_type for entry in entries(path)] == [item["resourceType"] for item in chart()]


@pytest.mark.parametrize("name", ["a.ndjson", "a.jsonl", "a.json", "a.ndjson.gz", "a"])
def test_one_resource_a_line(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, *chart(), zipped=name.endswith("gz"))
    assert [entry.place.line for entry in entries(path)] == [1, 2, 3, 4, 5]


def test_one_bundle_a_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ndjson", bundle(patient()), bundle(condition(), patient("p2")))
    assert [str(entry.place) for entry in entries(path)] == [
        "a.ndjson, line 1, entry 1",
        "a.ndjson, line 2, entry 1",
        "a.ndjson, line 2, entry 2",
    ]


def test_indented_json_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(bundle(patient()), indent=2).encode())
    assert len(entries(path)) == 1


def test_blank_lines_between_resources_are_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_text(f"\n{json.dumps(patient())}\n\n{json.dumps(condition())}\n\n")
    assert [entry.place.line for entry in entries(path)] == [2, 4]


def test_entries_without_a_resource_are_counted(tmp_path: Path) -> None:
    content = bundle(patient())
    content["entry"].append({"request": {"method": "DELETE", "url": "Patient/9"}})
    path = write(tmp_path / "a.json", content)
    assert [unit.empty_entries for unit in reading.read(reading.Source(path, "a.json"))] == [1]


def test_folders_are_searched_and_say_what_they_left_out(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write(tmp_path / "deep" / "b.ndjson.gz", patient(), zipped=True)
    write(tmp_path / "a.json", patient("p2"))
    (tmp_path / "README.md").write_text("hello")
    (tmp_path / ".hidden.json").write_text("{}")
    write(tmp_path / "manifest.json", {"transactionTime": "2026-01-01T00:00:00Z", "output": []})
    found = reading.find([tmp_path, tmp_path / "a.json"])
    assert [source.name for source in found.sources] == ["a.json", "deep/b.ndjson.gz"]
    assert sorted(line.partition(":")[0] for line in found.ignored) == [
        ".hidden.json",
        "README.md",
        "manifest.json",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"  \n \n", "is empty"),
        (b'{"resourceType": "Patient", ', "not valid JSON"),
        (b"\xff\xfe{\x00", "not UTF-8"),
        (b"<Bundle xmlns='http://hl7.org/fhir'/>", "XML"),
        (b"PK\x03\x04rest", "zip"),
        (b"[1, 2]", "an object was expected"),
        (b'{"a": 1}', "no resourceType"),
        (b'{"resourceType": 3}', "no resourceType"),
        (b'{"resourceType": "drop table"}', "no FHIR name"),
        (b'{"resourceType": "Bundle", "type": "document"}', "Bundle whose type"),
        (b'{"resourceType": "Bundle"}', "Bundle whose type"),
        (b'{"resourceType": "Bundle", "type": "batch", "entry": {}}', "not a list"),
        (b'{"resourceType": "Bundle", "type": "batch", "entry": [7]}', "entry 1: is not an object"),
        (
            b'{"resourceType": "Bundle", "type": "batch", "entry": [{"resource": {}}]}',
            "entry 1: is JSON, but not",
        ),
        (b'{"resourceType": "Observation", "x": NaN}', "number that JSON does not have"),
        (b'{"resourceType": "Patient", "x": ' + b"[" * 100_000, "nested too deeply"),
    ],
)
def test_broken_content_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    message = broken(path)
    assert message.startswith("bad.json")
    assert reason in message


def test_bad_json_in_the_middle_names_line_and_character(tmp_path: Path) -> None:
    path = tmp_path / "bad.ndjson"
    path.write_text(f"{json.dumps(patient())}\n{{'id': 1}}\n{json.dumps(condition())}\n")
    assert broken(path).startswith("bad.ndjson, line 2: is not valid JSON (Expecting property name")


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_cut_off_gzip_file(tmp_path: Path, keep: float) -> None:
    path = tmp_path / "cut.ndjson.gz"
    whole = gzip.compress("\n".join(json.dumps(patient(str(at))) for at in range(200)).encode())
    path.write_bytes(whole[: int(len(whole) * keep)])
    assert re.fullmatch(r"cut\.ndjson\.gz, line \d+: the gzip data is damaged or cut off", broken(path))


def test_a_document_too_large_to_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_DOCUMENT", 1000)
    path = tmp_path / "bomb.ndjson.gz"
    path.write_bytes(gzip.compress(b'{"resourceType": "Patient", "x": "' + b"a" * 100_000 + b'"}'))
    assert "line 1: one document is larger" in broken(path)


def test_what_is_not_there(tmp_path: Path) -> None:
    assert "no such file" in broken(tmp_path / "nothing.json")
    assert "holds no .json" in broken(tmp_path)


@needs_shared
def test_us_core_examples_are_read_whole() -> None:
    found = reading.find([SHARED / "fhir-us-core"])
    assert len(found.sources) > 50
    assert sum(len(unit.entries) for source in found.sources for unit in reading.read(source)) >= len(found.sources)
