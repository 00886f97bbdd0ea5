"""What the API server's refusals mean."""

import pytest

from matchday_operator.errors import (
    ApiError,
    Conflict,
    Forbidden,
    OverQuota,
    Refused,
    TryAgain,
    WebhookFailed,
    error_for,
)

QUOTA = 'jobs.batch "x" is forbidden: exceeded quota: small, requested: count/jobs.batch=1'
LIMIT = 'pods "x" is forbidden: maximum cpu usage per Container is 1, but limit is 2'
RIGHTS = 'jobs.batch is forbidden: User "x" cannot create resource "jobs"'
ENDING = 'configmaps "x" is forbidden: namespace n because it is being terminated'
TYPED = "failed to create typed patch object (n/x; matchday.dev/v1alpha1): .status: wrong"


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (409, "already exists", Conflict),
        (403, QUOTA, OverQuota),
        (403, LIMIT, OverQuota),
        (403, RIGHTS, Forbidden),
        (403, ENDING, TryAgain),
        (422, "Job is invalid", Refused),
        (400, "bad request", Refused),
        (401, "token expired", TryAgain),
        (404, "the server could not find the requested resource", TryAgain),
        (429, "too many requests", TryAgain),
        (500, "etcd is gone", TryAgain),
        (503, "not now", TryAgain),
        (500, TYPED, Refused),
        (500, 'Internal error occurred: failed calling webhook "x"', WebhookFailed),
        (500, "etcdserver: request is too large", Refused),
    ],
)
def test_the_type_follows_from_status_and_message(
    status: int, message: str, kind: type[ApiError]
) -> None:
    assert type(error_for("create", status, message)) is kind


def test_rights_that_are_missing_are_no_quota() -> None:
    assert not isinstance(error_for("create", 403, RIGHTS), OverQuota)


def test_the_wait_that_the_server_asks_for_is_kept() -> None:
    assert error_for("create", 429, "later", 7.0).retry_after == 7.0


def test_a_message_is_bounded() -> None:
    assert len(error_for("create", 422, "x" * 100_000).message) == 2000
