"""What one report weighs, what reports weigh together, and how much is enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratings.moderation.reports import Pressure, Record, Voice, pressure_of

records = st.builds(Record, upheld=st.integers(0, 50), dismissed=st.integers(0, 50))
voices = st.lists(
    st.builds(Voice, reader=st.integers(1, 6), network=st.sampled_from("abcde"), weight=st.floats(0, 2)), max_size=12
)


class TestWeight:
    @pytest.mark.parametrize(
        ("upheld", "dismissed", "weight"),
        [
            (0, 0, 1.0),  # nobody knows
            (1, 0, 4 / 3),
            (1, 1, 1.0),
            (0, 1, 2 / 3),
            (48, 2, 98 / 52),
            (0, 9, 2 / 11),
            (0, 10, 0.0),  # reports at random, or out of spite
            (1, 10, 0.0),
            (2, 10, 6 / 14),  # often wrong, and sometimes right
            (4, 46, 0.0),
            (5, 45, 12 / 52),
        ],
    )
    def test_report_weighs_how_often_its_reporter_was_right(self, upheld, dismissed, weight):
        assert Record(upheld=upheld, dismissed=dismissed).weight == pytest.approx(weight)

    @given(records)
    def test_it_is_between_0_and_2_and_being_right_never_harms_nor_being_wrong_helps(self, record):
        righter = Record(upheld=record.upheld + 1, dismissed=record.dismissed)
        wronger = Record(upheld=record.upheld, dismissed=record.dismissed + 1)

        assert 0 <= wronger.weight <= record.weight <= righter.weight <= 2


class TestPressure:
    @pytest.mark.parametrize(
        ("told", "weight", "networks"),
        [
            ([], 0, 0),
            ([(1, "a", 1), (2, "b", 1.5)], 2.5, 2),
            ([(1, "a", 1), (1, "a", 1), (1, "b", 1)], 1, 1),  # one reader with many reasons, on the way as well
            ([(1, "a", 1), (2, "a", 1.5), (3, "a", 0.5)], 1.5, 1),  # one house
            ([(1, "", 1), (2, "", 1)], 1, 1),  # from nobody knows where
            ([(1, "a", 0), (2, "b", 1)], 1, 1),  # one who is not counted
        ],
    )
    def test_readers_and_networks_count_once(self, told, weight, networks):
        pressure = pressure_of(Voice(reader=reader, network=network, weight=each) for reader, network, each in told)

        assert pressure == Pressure(weight=weight, networks=networks)

    @given(voices, voices)
    def test_further_reports_never_make_it_less_and_no_network_adds_more_than_2(self, earlier, later):
        before, after = pressure_of(earlier), pressure_of([*earlier, *later])

        assert after.weight >= before.weight - 1e-9
        assert after.networks >= before.networks
        assert after.weight <= 2 * after.networks

    @pytest.mark.parametrize(
        ("weight", "networks", "hide_from", "takes_away"),
        [
            (3.0, 3, 3, True),
            (2.9, 3, 3, False),
            (3.9, 2, 3, False),  # two who are always right, and still two
            (5.5, 3, 5, True),
            (1.0, 1, 1, True),  # a policy that asks for one report
            (40.0, 40, 0, False),  # a policy under which reports take nothing away
        ],
    )
    def test_it_takes_away_what_weighs_enough_from_enough_networks(self, weight, networks, hide_from, takes_away):
        finding = Pressure(weight=weight, networks=networks).takes_away(hide_from)

        assert (finding is not None) == takes_away

    def test_finding_says_so_in_numbers(self):
        finding = Pressure(weight=3.25, networks=3).takes_away(3)

        assert (finding.rule, finding.points) == ("reports", 32)
        assert finding.reason == "Reports from 3 networks weigh 3.2; here 3 are enough."
