"""What the metrics tell before anything has happened."""

from prometheus_client import generate_latest

from matchday_api.status import Reason
from matchday_operator.metrics import Metrics


def test_every_reason_counts_from_zero_so_that_its_first_increase_is_seen() -> None:
    text = generate_latest(Metrics().registry).decode()
    for reason in Reason:
        assert f'matchday_outcomes_total{{reason="{reason.value}"}} 0.0' in text
