"""Objects in a service that speaks S3, encrypted there."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mentalspace.env import S3
from mentalspace.storage.errors import StorageAway
from mentalspace.storage.ports import ObjectMissing, Place

if TYPE_CHECKING:
    from types_boto3_s3.client import S3Client

NOT_THERE = {"NoSuchKey", "404", "NotFound"}
PROBED = "client-documents"
CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 5, 20, 3


class S3Store:
    """Each bucket of ours is one there: `prefix` and its name. A place is the key of its object."""

    name = "s3"

    def __init__(self, how: S3, *, seconds: float = READ_SECONDS, attempts: int = ATTEMPTS) -> None:
        self.how, self.seconds, self.attempts = how, seconds, attempts

    @cached_property
    def client(self) -> "S3Client":
        """boto3 is large: it is imported by those who use it."""
        import boto3
        from botocore.config import Config

        config = Config(
            connect_timeout=min(CONNECT_SECONDS, self.seconds),
            read_timeout=self.seconds,
            retries={"total_max_attempts": self.attempts, "mode": "standard"},
            s3={"addressing_style": "path" if self.how.endpoint else "auto"},
        )
        return boto3.client(
            "s3",
            endpoint_url=self.how.endpoint or None,
            region_name=self.how.region,
            aws_access_key_id=self.how.access_key or None,
            aws_secret_access_key=self.how.secret_key or None,
            config=config,
        )

    @property
    def key_id(self) -> str:
        return self.how.kms_key or self.how.encryption

    def put(self, place: Place, content: bytes) -> None:
        with _speaking():
            self.client.put_object(
                Bucket=self._bucket(place.bucket), Key=_key(place), Body=content, **self._encryption()
            )

    def get(self, place: Place, start: int = 0, end: int | None = None) -> bytes:
        if end is not None and end <= start:
            return b""
        is_whole = start == 0 and end is None  # an empty object has no range, not even all of it
        part: Any = {} if is_whole else {"Range": f"bytes={start}-{'' if end is None else end - 1}"}
        with _speaking():
            found = self.client.get_object(Bucket=self._bucket(place.bucket), Key=_key(place), **part)
            return found["Body"].read()

    def has(self, place: Place) -> bool:
        try:
            with _speaking():
                self.client.head_object(Bucket=self._bucket(place.bucket), Key=_key(place))
        except ObjectMissing:
            return False
        return True

    def remove(self, place: Place) -> None:
        with _speaking():
            self.client.delete_object(Bucket=self._bucket(place.bucket), Key=_key(place))

    def probe(self) -> None:
        try:
            with _speaking():
                self.client.head_bucket(Bucket=self._bucket(PROBED))
        except ObjectMissing:
            raise StorageAway from None

    def places(self, bucket: str) -> Iterator[Place]:
        with _speaking():
            pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket(bucket))
            for page in pages:
                for each in page.get("Contents", []):
                    yield Place.parse(f"{bucket}/{each['Key']}")

    def _bucket(self, bucket: str) -> str:
        return self.how.prefix + bucket

    def _encryption(self) -> Any:
        if self.how.encryption == "none":
            return {}
        key = {"SSEKMSKeyId": self.how.kms_key} if self.how.kms_key else {}
        return {"ServerSideEncryption": self.how.encryption, **key}


def _key(place: Place) -> str:
    return f"{place.practice}/{place.name}"


@contextmanager
def _speaking() -> Iterator[None]:
    """What the service and the network say, in our words."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in NOT_THERE:
            raise ObjectMissing from None
        raise StorageAway from error
    except BotoCoreError as error:
        raise StorageAway from error
