"""load: exports of other programs, remembered mappings, duplicates, and Ctrl-C in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

from tests.cli.command import WORKBENCH, Shell

EXPORTS = Path(__file__).parents[1] / "sources" / "export_files"


def test_an_export_is_recognised_and_loaded_without_a_word(shell: Shell) -> None:
    shell.run("init")

    told = shell.run("load", "contact", EXPORTS / "hubspot_contacts.csv", "--json").json

    assert told["source_kind"] == "HubSpot contact export"
    assert (told["new"], told["rejected"], told["is_remembered"]) == (2, 0, False)
    assert (
        "This looks like a HubSpot contact export."
        in shell.run("load", "contact", EXPORTS / "hubspot_contacts.csv", "--dry-run").out
    )


def test_a_mapping_is_remembered_until_it_is_forgotten(shell: Shell) -> None:
    shell.run("init")
    shell.run("load", "contact", shell.file("a.csv", "No.,Nick\nA,Addie\n"), "--map", "Nick=name_2")
    second = shell.file("b.csv", "No.,Nick\nB,Bee\n")

    assert shell.run("load", "contact", second, "--dry-run", "--json").json["is_remembered"]
    told = shell.run("load", "contact", second, "--dry-run", "--forget-mapping", "--json").json
    assert (told["is_remembered"], len(told["questions"])) == (False, 1)


def test_values_that_no_item_has_are_told_and_mapped_for_good(shell: Shell) -> None:
    shell.run("init")
    shell.run("load", "contact", shell.file("a.csv", "No.,Name\nC1,Cancity\n"))
    shell.run("load", "item", shell.file("i.csv", "product,sales_price\nGTX Pro,4821\n"))
    deals = shell.file("d.csv", "opportunity_id,contact_no,product,status\nO1,C1,GTXPro,Engaging\n")

    looked = shell.run("load", "opportunity", deals, "--dry-run").out
    said = ["--value", "product:GTXPro=GTX Pro", "--value", "status:Engaging=in_progress"]
    told = shell.run("load", "opportunity", deals, *said, "--json").json
    later = shell.run("load", "opportunity", deals, "--dry-run", "--json").json
    refused = shell.run("load", "opportunity", deals, "--value", "GTXPro=GTX Pro")

    assert '"product" has values that no item has: "GTXPro" (1 row; perhaps "GTX Pro").' in " ".join(looked.split())
    assert (told["new"], told["unknown_values"]) == (1, [])
    assert (later["unchanged"], later["values"]["product"]) == (1, {"GTXPro": "GTX Pro"})
    assert '"GTXPro" names no value.' in refused.err


def test_new_contacts_that_may_be_there_are_listed_on_request(shell: Shell) -> None:
    shell.run("init")
    row = "{no},Ada Nováková,ada@novak.example,Brno,60200\n"
    head = "No.,Name,E-mail,City,Post code\n"
    shell.run("load", "contact", shell.file("a.csv", head + row.format(no="A")))
    second = shell.file("b.csv", head + row.format(no="B"))

    done = shell.run("load", "contact", second, "--dry-run", "--find-duplicates")
    told = shell.run("load", "contact", second, "--dry-run", "--find-duplicates", "--json").json
    refused = shell.run("load", "contact", second, "--find-duplicates")

    assert "Perhaps there already" in done.out
    assert [(found["row"], found["contact_no"]) for found in told["duplicates"]] == [(2, "A")]
    assert (refused.code, "goes with --dry-run" in refused.err) == (2, True)


def test_ctrl_c_leaves_the_store_as_it_was(shell: Shell) -> None:
    shell.run("init")
    file = shell.file("many.csv", "No.,Name,City\n" + "".join(f"C{n},Name {n},City {n % 99}\n" for n in range(400_000)))
    environment = {**os.environ, "WORKBENCH_DB": str(shell.store), "NO_COLOR": "1"}
    process = subprocess.Popen(
        [*WORKBENCH, "load", "contact", str(file)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    _wait_until_it_reads(process, file)
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=60)

    assert process.returncode == 130
    assert b"Traceback" not in err
    assert shell.run("info", "--json").json["rows"]["contact"] == 0
    assert shell.run("load", "contact", shell.file("one.csv", "No.\nA\n"), "--json").json["new"] == 1


def _wait_until_it_reads(process: subprocess.Popen[bytes], file: Path) -> None:
    """Until the process has the file open: it is at work then, and not done for a while."""
    folder, until = Path(f"/proc/{process.pid}/fd"), time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        if str(file) in {_opened(entry) for entry in folder.iterdir()}:
            time.sleep(0.2)
            return
        time.sleep(0.005)
    raise AssertionError("the load has not begun to read")


def _opened(entry: Path) -> str:
    try:
        return str(entry.readlink())
    except FileNotFoundError:  # closed in the meantime
        return ""
