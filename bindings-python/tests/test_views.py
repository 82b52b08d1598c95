"""What answers show in a console and in a notebook: enough to judge by, and nobody's number."""

import bansos

NIK = "3508126801809001"


def test_a_determination_shows_outcome_money_and_reasons() -> None:
    child = {"birth_date": "2022-05-01"}
    seen = bansos.eligibility.determine("pkh", date="2026-01-15", family={"decile": 2, "members": [child]})
    assert repr(seen).startswith("Determination(pkh 2026-01-15: eligible, Rp3.000.000 a year; eligibility.")
    card = seen._repr_html_()
    assert "Rp3.000.000 / tahun" in card and "✓" in card and "desil 2" in card.lower() and "decile 2" in card.lower()
    refused = bansos.eligibility.determine("pkh", date="2026-01-15", family={"decile": 9, "members": [child]})
    assert "ineligible" in repr(refused) and "eligibility.decile_above" in repr(refused)
    assert "✗" in refused._repr_html_()


def test_a_comparison_shows_its_waterfall_and_no_number() -> None:
    row = {"nik": NIK, "name": "SITI AMINAH"}
    seen = bansos.dedup.compare({"source": "dtks", **row}, b={"source": "regsosek", **row}, rows=1_000_000)
    assert repr(seen).startswith("DedupCompared(same, +")
    assert "NIK: sama" in seen._repr_html_()
    assert NIK[:8] not in repr(seen) + seen._repr_html_()
    assert abs(sum(s.bits for s in seen.steps) - seen.weight) < 0.01
