"""The round as a program: the published example to the letter, and bad input of every kind."""

import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sportello.matching import RoundInputError, read_round
from sportello.matching import program as program_module
from sportello.matching.program import run
from tests.sportello.matching.markets import markets

EXAMPLE = """
{"seed": "estate-2027", "seats": {"o1": 2, "o2": 1},
 "choices": {"y1": ["o2", "o1"], "y2": ["o1"]},
 "bands": {"o1": [["y1", "y2"], ["y3"]], "o2": [["y1"]]},
 "pinned": [["y1", "o1"]], "forbidden": [["y2", "o1"]]}
"""
CANONICAL = (
    '{"bands":{"o1":[["y1","y2"],["y3"]],"o2":[["y1"]]},"choices":{"y1":["o2","o1"],"y2":["o1"]},'
    '"forbidden":[["y2","o1"]],"pinned":[["y1","o1"]],"seats":{"o1":2,"o2":1},"seed":"estate-2027"}'
)
OUTPUT = {
    "input_sha256": hashlib.sha256(CANONICAL.encode()).hexdigest(),
    "assigned": {"y1": {"offer": "o1", "rank": 2}},
    "unassigned": {"y2": {"why": [{"offer": "o1", "reason": "forbidden"}]}},
    "seats_left": {"o1": 1, "o2": 1},
}
ROOT = Path(__file__).parents[3]
MINIMAL = {"seed": "s", "seats": {"o": 1}, "choices": {"y": ["o"]}, "bands": {"o": [["y"]]}}


def program(data, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "sportello.matching", *arguments], input=data, cwd=ROOT, capture_output=True, check=False
    )


def refused(data):
    with pytest.raises(RoundInputError) as caught:
        run(data if isinstance(data, bytes) else data.encode())
    message = str(caught.value)
    assert message.isascii()
    assert message.isprintable()
    return message


def changed(**values):
    return json.dumps({**MINIMAL, **values})


def test_the_example_of_the_documentation():
    result = program(EXAMPLE.encode())

    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout) == OUTPUT
    assert list(json.loads(result.stdout)) == list(OUTPUT)
    assert result.stdout.count(b"\n") == 1


def test_the_program_loads_neither_django_nor_a_database():
    code = "import sys, sportello.matching.program; print(sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True).stdout

    assert "sportello" in loaded
    assert not [name for name in ("django", "wagtail", "sqlite3", "psycopg", "numpy") if f"'{name}'" in loaded]


def test_an_error_is_one_line_and_nothing_is_printed():
    result = program(b'{"seed": "s", "seats": {"o": -1}, "choices": {}, "bands": {}}')

    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr == b'seats["o"]: a negative number of seats\n'


def test_arguments_are_refused():
    result = program(EXAMPLE.encode(), "input.json")

    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.startswith(b"arguments: none are taken")


def test_what_does_not_fit_in_the_memory_is_one_line_too(monkeypatch, capsys):
    def full(_data):
        raise MemoryError

    monkeypatch.setattr(program_module, "run", full)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EXAMPLE.encode())))
    assert program_module.main([]) == 2
    assert capsys.readouterr() == ("", "input: too large for the memory of this machine\n")


@pytest.mark.parametrize("redirection", ["<&-", ">&-", ">/dev/full"])
def test_a_closed_or_full_stream_is_one_line_too(redirection):
    command = f"echo '{changed()}' | {{ {sys.executable} -m sportello.matching {redirection}; }}"
    result = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, capture_output=True, check=False, text=True)

    assert (result.returncode, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.stderr


def test_pinned_and_forbidden_may_be_left_out_and_hash_as_empty():
    assert run(changed().encode()) == run(changed(pinned=[], forbidden=[]).encode())


def test_a_pin_outside_the_list_has_no_rank():
    output = json.loads(run(changed(seats={"o": 1, "p": 1}, pinned=[["y", "p"]]).encode()))
    assert output["assigned"] == {"y": {"offer": "p", "rank": None}}


def test_the_order_that_means_nothing_does_not_change_a_byte():
    document = {
        "seed": "s",
        "seats": {"ò": 1, "p": 2},
        "choices": {"y": ["ò", "p"], "x": ["p"]},
        "bands": {"ò": [["y", "x"]], "p": [["x"], ["y"]]},
        "pinned": [["z", "p"], ["w", "ò"]],
        "forbidden": [["y", "p"], ["a", "p"]],
    }
    other = {
        "forbidden": [["a", "p"], ["y", "p"]],
        "pinned": [["w", "ò"], ["z", "p"]],
        "bands": {"p": [["x"], ["y"]], "ò": [["x", "y"]]},
        "choices": {"x": ["p"], "y": ["ò", "p"]},
        "seats": {"p": 2, "ò": 1},
        "seed": "s",
    }
    assert run(json.dumps(document).encode()) == run(json.dumps(other, ensure_ascii=False, indent=3).encode())
    assert "ò" in run(json.dumps(document).encode()).decode()


def test_the_canonical_form_keeps_letters_as_they_are():
    document = {"seed": "è", "seats": {}, "choices": {}, "bands": {}}
    canonical = '{"bands":{},"choices":{},"forbidden":[],"pinned":[],"seats":{},"seed":"è"}'
    output = json.loads(run(json.dumps(document).encode()))
    assert output["input_sha256"] == hashlib.sha256(canonical.encode()).hexdigest()


@pytest.mark.parametrize(
    "other",
    [
        {"choices": {"y": ["p", "o"]}},
        {"bands": {"o": [["x"], ["y"]], "p": []}},
        {"bands": {"o": [[], ["y", "x"]], "p": []}},
        {"seed": "t"},
    ],
)
def test_the_order_that_means_something_changes_the_hash(other):
    first = {
        "seed": "s",
        "seats": {"o": 1, "p": 1},
        "choices": {"y": ["o", "p"]},
        "bands": {"o": [["y", "x"]], "p": []},
    }
    hashes = {json.loads(run(json.dumps({**first, **more}).encode()))["input_sha256"] for more in ({}, other)}
    assert len(hashes) == 2


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "input: not JSON at line 1 column 1: Expecting value"),
        ("{", "input: not JSON at line 1 column 2: "),
        ("\ufeff" + changed(), "input: not JSON at line 1 column 1: Unexpected UTF-8 BOM"),
        (changed() + "{}", "input: not JSON at line 1 column "),
        (b"\xff{}", "input: not UTF-8 at byte 0"),
        (changed().encode("utf-16"), "input: not UTF-8 at byte 0"),
        ("[]", "input: must be an object, not a list"),
        ("null", "input: must be an object, not null"),
        ("NaN", "input: must be an object, not another kind of number"),
        ("[" * 100_000, "input: nested too deeply"),
        ('{"seats":' * 100_000, "input: nested too deeply"),
        ('{"seed": "a", "seed": "b"}', 'input: "seed" is repeated'),
        ('{"seed": "a"}', "seats: is missing"),
        (changed(note="x"), 'input: unknown key "note"'),
        (changed(seed=1), "seed: must be text, not a number"),
        (changed(seed=None), "seed: must be text, not null"),
        (changed(seats=[]), "seats: must be an object, not a list"),
        (changed(seats={"o": True}), 'seats["o"]: must be a whole number up to 9007199254740991, not true or false'),
        (changed(seats={"o": 1.0}), 'seats["o"]: must be a whole number'),
        (changed(seats={"o": "1"}), 'seats["o"]: must be a whole number up to 9007199254740991, not text'),
        (changed(seats={"o": float("nan")}), 'seats["o"]: must be a whole number'),
        (changed(seats={"o": float("inf")}), 'seats["o"]: must be a whole number'),
        (changed(seats={"o": 2**53}), 'seats["o"]: must be a whole number'),
        (changed().replace("1", "9" * 5_000), 'seats["o"]: must be a whole number'),
        (changed(seats={"o": -1}), 'seats["o"]: a negative number of seats'),
        (changed().replace('"o": 1', '"o": 1, "o": 1'), 'seats: "o" is repeated'),
        (changed(choices={"y": "o"}), 'choices["y"]: must be a list, not text'),
        (changed(choices={"y": [1]}), 'choices["y"][0]: must be text, not a number'),
        (changed(choices={"y": ["o", "o"]}), 'choices["y"][1]: offer "o" is repeated'),
        (changed(choices={"y": ["q"]}), 'choices["y"][0]: offer "q" is not in seats'),
        (changed(choices=[["y", "o"]]), "choices: must be an object, not a list"),
        (changed(bands={"o": ["y"]}), 'bands["o"][0]: must be a list, not text'),
        (changed(bands={"o": [["y"], ["y"]]}), 'bands["o"]: "y" is repeated'),
        (changed(bands={"q": []}), 'bands["q"]: offer "q" is not in seats'),
        (changed(pinned={}), "pinned: must be a list, not an object"),
        (changed(pinned=[["y"]]), "pinned[0]: must be a pair"),
        (changed(pinned=["yo"]), "pinned[0]: must be a list, not text"),
        (changed(pinned=None), "pinned: must be a list, not null"),
        (changed(pinned=[["y", "o"], ["y", "o"]]), 'pinned[1]: "y" is repeated'),
        (changed(pinned=[["y", "o"], ["z", "o"]]), 'pinned[1]: offer "o" has no seat left for it'),
        (changed(pinned=[["y", "o"]], forbidden=[["y", "o"]]), "pinned[0]: the pair is forbidden too"),
        (changed(forbidden=[["y", "q"]]), 'forbidden[0]: offer "q" is not in seats'),
        (changed(choices={"y\ud800": []}), 'choices["y\\ud800"]: half a surrogate pair'),
        (changed(seed="\udfff"), "seed: half a surrogate pair"),
        (changed(choices={"riga\n\x1b[31m": ["q"]}), 'choices["riga\\n\\u001b[31m"][0]: offer "q" is not in seats'),
        (changed(choices={"y" * 10_000: ["q"]}), 'choices["' + "y" * 60 + '..."][0]: '),
    ],
)
def test_bad_input_is_refused_with_its_place(data, message):
    assert refused(data).startswith(message)


def test_names_may_be_anything_that_is_text():
    strange = ["", " ", "\n", "\x00", "è", "e\u0300", "👩🏽‍🌾", '"', "__proto__"]
    output = json.loads(
        run(
            json.dumps(
                {
                    "seed": "",
                    "seats": {"\n": len(strange)},
                    "choices": {name: ["\n"] for name in strange},
                    "bands": {"\n": [strange]},
                }
            ).encode()
        )
    )
    assert set(output["assigned"]) == set(strange)


def answer_or_refusal(data):
    """Run the program in this process: it must answer or refuse in one line, and never fail otherwise."""
    refusal = ""
    try:
        output = json.loads(run(data))
    except RoundInputError as error:
        refusal = str(error)
    assert (refusal.isascii() and refusal.isprintable()) if refusal else set(output) == set(OUTPUT)


names = st.one_of(st.sampled_from(["y", "o", "p", ""]), st.text(max_size=3), st.just("\ud800"))
scraps = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-2, 3),
        st.integers(),
        st.floats(allow_nan=True, allow_infinity=True),
        names,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=12,
)


@given(st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_bytes(data):
    answer_or_refusal(data)


@given(scraps)
@settings(max_examples=200, deadline=None)
def test_any_json(document):
    answer_or_refusal(json.dumps(document).encode())


@given(st.dictionaries(st.sampled_from([*MINIMAL, "pinned", "forbidden"]), scraps), st.booleans())
@settings(max_examples=250, deadline=None)
def test_a_round_with_anything_in_the_place_of_something(changes, ascii_only):
    text = json.dumps({**MINIMAL, **changes}, ensure_ascii=ascii_only)
    answer_or_refusal(text.encode("utf-8", "surrogatepass"))


@given(markets(), st.data())
@settings(max_examples=200, deadline=None)
def test_a_round_with_some_bytes_spoilt(market, data):
    document = bytearray(market.canonical())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(document) - 1))
        document[at : at + data.draw(st.integers(0, 2))] = data.draw(
            st.sampled_from([b"", b"[", b"]", b'"', b"-", b"9" * 30, b"e9", b"\xc3", b"\\ud83d", b"null", b"{", b":"])
        )
    answer_or_refusal(bytes(document))


@given(markets())
@settings(max_examples=100, deadline=None)
def test_reading_what_was_published_gives_the_same_round(market):
    again = read_round(market.canonical())

    assert again.canonical() == market.canonical()
    assert run(market.canonical()) == run(again.canonical())
