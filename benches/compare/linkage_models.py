"""Splink's settings for the data of linkage.py: on public data the ones of Splink's own example pages where there is one
("docs"), and for invented persons of Indonesian registers one of ours ("persons")."""

import splink.comparison_library as cl
from splink import SettingsCreator, block_on


def _fake_1000():
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("first_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
        blocking_rules_to_generate_predictions=[block_on("first_name", "city"), block_on("surname")],
    ), [block_on("first_name", "surname"), block_on("dob")], [block_on("first_name", "dob"), block_on("email")], 0.7


def _febrl(link_type):
    blocks = [
        block_on("soc_sec_id"),
        block_on("given_name"),
        block_on("surname"),
        block_on("dob"),
        block_on("postcode"),
    ]
    if link_type == "link_only":
        blocks = [
            block_on("given_name", "surname"),
            block_on("dob"),
            block_on("soc_sec_id"),
            block_on("state", "address_1"),
            block_on("street_number", "address_1"),
            block_on("postcode"),
        ]
    return SettingsCreator(
        link_type=link_type,
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=blocks,
        additional_columns_to_retain=["cluster"],
    ), [block_on("dob"), block_on("given_name")], [block_on("soc_sec_id"), block_on("given_name", "surname", "dob")], 0.9


def _rldata():
    blocks = [
        block_on("lname_c1", "by"),
        block_on("fname_c1", "bd", "bm"),
        block_on("fname_c1", "lname_c1"),
        block_on("by", "bm", "bd"),
        block_on("fname_c1", "by", "bm"),
        block_on("fname_c1", "by", "bd"),
        block_on("lname_c1", "bm", "bd"),
    ]
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("fname_c1"),
            cl.NameComparison("lname_c1"),
            cl.ExactMatch("by"),
            cl.ExactMatch("bm"),
            cl.ExactMatch("bd"),
        ],
        blocking_rules_to_generate_predictions=blocks,
    ), [block_on("fname_c1", "lname_c1"), block_on("by", "bm", "bd")], [block_on("fname_c1", "lname_c1", "by")], 0.8


def _persons(loose):
    blocks = [
        block_on("nik"),
        block_on("card", "sex"),
        block_on("name", "birth"),
        block_on("birth", "village"),
        block_on("mother", "birth"),
        block_on("name", "village"),
        "substr(l.name, 1, 3) = substr(r.name, 1, 3) and l.birth = r.birth",
    ]
    if loose:
        blocks.append("substr(l.name, 1, 3) = substr(r.name, 1, 3) and substr(l.birth, 1, 7) = substr(r.birth, 1, 7)")
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.LevenshteinAtThresholds("nik", [1, 2]),
            cl.NameComparison("name"),
            cl.JaroWinklerAtThresholds("mother", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("birth", input_is_string=True),
            cl.ExactMatch("sex"),
            cl.LevenshteinAtThresholds("card", [1]),
            cl.ExactMatch("village").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=blocks,
    ), [block_on("nik"), block_on("name", "birth")], [block_on("nik", "birth"), block_on("name", "birth", "mother")], 0.8


MODELS = {
    "fake_1000": _fake_1000,
    "febrl1": lambda: _febrl("dedupe_only"),
    "febrl2": lambda: _febrl("dedupe_only"),
    "febrl3": lambda: _febrl("dedupe_only"),
    "febrl4": lambda: _febrl("link_only"),
    "rl500": _rldata,
    "rl10000": _rldata,
    "persons": lambda: _persons(False),
    "loose": lambda: _persons(True),
}
