"""What measures must measure rightly."""

import pytest

from onevoice.operations import bench, large, load


def test_load_goes_to_this_machine_only() -> None:
    with pytest.raises(ValueError, match="this machine only"):
        load.Client("http://onevoice.example.org")


def test_a_page_loads_its_sheets_scripts_and_pictures_once_each() -> None:
    page = """<link rel="canonical" href="/no"><link rel="stylesheet" href="/a.css"><script src="b.js"></script>
    <img src="/a.css"><img src="data:image/png;base64,AA"><link rel="alternate" href="/no">
    <link href="/i.svg" rel="icon">"""
    assert list(load.parts_of(page, "/icat/events")) == ["/a.css", "/icat/b.js", "/i.svg"]


def test_the_median_and_the_slowest_of_a_hundred() -> None:
    assert load.median_and_p99([float(number) for number in range(1, 101)]) == (50.5, 99.0)
    assert load.median_and_p99([3.0]) == (3.0, 3.0)


def test_processes_are_told_apart() -> None:
    granian, demo = "python -m granian --workers 2", "python -m onevoice.operations demo --port 1"
    assert bench.kind_of(granian, demo) == "web server"
    assert bench.kind_of(granian, granian) == "web process"
    assert bench.kind_of("postgres: io worker 0", "postgres -D x") == "database"
    assert bench.kind_of("python -m onevoice.operations worker --of-demonstration", demo) == "worker"


def test_the_large_file_has_every_row_once_and_days_that_exist() -> None:
    text = large.record_file(3, 9_000, 10, "focal-point-unicef")
    assert [text.count(f"\n- {{id: large-{n}, kind: meeting") for n in (0, 8_999, 9_000)] == [1, 1, 0]
    assert "when: '2000-01-01'" in text
    assert "when: '2025-12-28'" in text
    assert "id: large\n" in text
