"""Whether the buckets in S3 are set up as they should be: asked of the service, told in plain words with what to do.

A service that does not know a question (many that speak S3 do not) is told as such, not as wrong.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mentalspace.storage.adapters.s3 import S3Store

if TYPE_CHECKING:
    from types_boto3_s3.client import S3Client

GOOD, NOTE, BAD = "good", "note", "bad"
ABSENT = {"NoSuchBucket", "404", "NotFound"}
UNSET = {
    "NoSuchCORSConfiguration",
    "NoSuchPublicAccessBlockConfiguration",
    "ServerSideEncryptionConfigurationNotFoundError",
    "NoSuchBucketPolicy",
}
UNKNOWN = {"NotImplemented", "MethodNotAllowed", "501", "405"}
FORBIDDEN = {"AccessDenied", "403", "Forbidden"}


@dataclass(frozen=True)
class Finding:
    """One thing about one bucket. `advice` is empty where there is nothing to do."""

    bucket: str
    about: str
    state: str
    said: str
    advice: str = ""


class Unanswered(Exception):
    """The service did not answer a question; its message says why, in a word of the service's own."""


def findings(store: S3Store, buckets: list[str]) -> list[Finding]:
    """What is to be said of each bucket. Never raises for what the service says."""
    return [found for bucket in buckets for found in _of_bucket(store, bucket)]


def _of_bucket(store: S3Store, bucket: str) -> Iterator[Finding]:
    there = store.how.prefix + bucket
    try:
        _asked(lambda: store.client.head_bucket(Bucket=there))
    except Unanswered as why:
        yield _unreachable(bucket, there, str(why))
        return
    yield Finding(bucket, "reachable", GOOD, f"The bucket {there} is there and answers.")
    for look in (_public, _policy, _encryption, _versioning, _cors):
        try:
            yield look(store.client, bucket, there)
        except Unanswered as why:
            said = f"The service did not say ({why})."
            advice = "Allow the product's key to read the bucket's settings, or look in the service's own console."
            yield Finding(bucket, look.__name__[1:], NOTE, said, advice)


def _unreachable(bucket: str, there: str, why: str) -> Finding:
    if why in ABSENT:
        advice = f"Make a private bucket named {there}, in the region that is set."
        return Finding(bucket, "reachable", BAD, f"There is no bucket {there}.", advice)
    if why in FORBIDDEN:
        advice = (
            "Allow the product's key to list, read, write and delete in it (s3:ListBucket, Get-, Put-, DeleteObject)."
        )
        return Finding(bucket, "reachable", BAD, f"The bucket {there} does not let the product in.", advice)
    advice = "Look at the endpoint, the region and the network between."
    return Finding(bucket, "reachable", BAD, f"The bucket {there} cannot be asked ({why}).", advice)


def _public(client: "S3Client", bucket: str, there: str) -> Finding:
    found = _asked(lambda: client.get_public_access_block(Bucket=there))
    block = found.get("PublicAccessBlockConfiguration", {})
    needed = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    if all(block.get(name) for name in needed):
        return Finding(bucket, "public", GOOD, "Public access is blocked.")
    return Finding(bucket, "public", BAD, "Public access is not blocked.", "Turn on all four of “Block public access”.")


def _policy(client: "S3Client", bucket: str, there: str) -> Finding:
    found = _asked(lambda: client.get_bucket_policy_status(Bucket=there))
    if found.get("PolicyStatus", {}).get("IsPublic"):
        advice = "Remove what gives everybody access from the bucket's policy, at once. Then look who has read from it."
        return Finding(bucket, "policy", BAD, "The bucket's policy makes it public.", advice)
    return Finding(bucket, "policy", GOOD, "No policy makes it public.")


def _encryption(client: "S3Client", bucket: str, there: str) -> Finding:
    found = _asked(lambda: client.get_bucket_encryption(Bucket=there))
    rules = found.get("ServerSideEncryptionConfiguration", {}).get("Rules", [])
    kinds = [rule.get("ApplyServerSideEncryptionByDefault", {}).get("SSEAlgorithm", "") for rule in rules]
    if any(kinds):
        return Finding(bucket, "encryption", GOOD, f"What is stored is encrypted ({kinds[0]}).")
    advice = "Turn on default encryption. The product asks for it with each file too, unless that is set to none."
    return Finding(bucket, "encryption", NOTE, "There is no default encryption.", advice)


def _versioning(client: "S3Client", bucket: str, there: str) -> Finding:
    if _asked(lambda: client.get_bucket_versioning(Bucket=there)).get("Status") == "Enabled":
        advice = "Let a lifecycle rule remove old versions after some weeks, or removed files go on taking up space."
        return Finding(
            bucket, "versioning", GOOD, "Versioning is on: what is deleted by mistake can be had back.", advice
        )
    advice = "Turn versioning on, or back the bucket up: without either, a file that is deleted by mistake is lost."
    return Finding(bucket, "versioning", NOTE, "Versioning is off.", advice)


def _cors(client: "S3Client", bucket: str, there: str) -> Finding:
    rules = _asked(lambda: client.get_bucket_cors(Bucket=there)).get("CORSRules", [])
    if any("*" in rule.get("AllowedOrigins", []) for rule in rules):
        advice = "Remove it: browsers never speak to the store, they get files from the product."
        return Finding(bucket, "cors", BAD, "A CORS rule lets pages of any site speak to the bucket.", advice)
    if rules:
        advice = "It is not needed: browsers get files from the product. Remove it unless something else uses it."
        return Finding(bucket, "cors", NOTE, "There is a CORS rule.", advice)
    return Finding(bucket, "cors", GOOD, "There is no CORS rule, and none is needed.")


def _asked(ask: Callable[[], Any]) -> Any:
    """The answer; an empty one where nothing is set. Raises Unanswered."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return ask()
    except ClientError as error:
        code = str(error.response["Error"]["Code"])
        if code in UNSET:
            return {}
        raise Unanswered("it does not know this" if code in UNKNOWN else code) from None
    except BotoCoreError as error:
        raise Unanswered(type(error).__name__) from None
