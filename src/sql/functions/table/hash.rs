//! Hashes, addresses of the network, keys, encryption, and who runs the query.

use super::super::Form::{Missing, Native, Text, With};
use super::super::{Function, forms, scalar};

#[rustfmt::skip]
pub const ROWS: &[Function] = &[
    scalar("AEAD.DECRYPT_BYTES", "(BYTES, BYTES, Text) -> BYTES | (STRUCT<kms_resource_name STRING, first_level_keyset BYTES, second_level_keyset BYTES>, BYTES, Text) -> BYTES", Missing),
    scalar("AEAD.DECRYPT_STRING", "(BYTES, BYTES, STRING) -> STRING | (STRUCT<kms_resource_name STRING, first_level_keyset BYTES, second_level_keyset BYTES>, BYTES, STRING) -> STRING", Missing),
    scalar("AEAD.ENCRYPT", "(BYTES, Text, Text) -> BYTES | (STRUCT<kms_resource_name STRING, first_level_keyset BYTES, second_level_keyset BYTES>, Text, Text) -> BYTES", Missing).volatile(),
    scalar("DETERMINISTIC_DECRYPT_BYTES", "(BYTES, BYTES, Text) -> BYTES | (STRUCT<kms_resource_name STRING, first_level_keyset BYTES, second_level_keyset BYTES>, BYTES, Text) -> BYTES", Missing),
    scalar("DETERMINISTIC_DECRYPT_STRING", "(BYTES, BYTES, STRING) -> STRING | (STRUCT<kms_resource_name STRING, first_level_keyset BYTES, second_level_keyset BYTES>, BYTES, STRING) -> STRING", Missing),
    scalar("DETERMINISTIC_ENCRYPT", "(BYTES, Text, Text) -> BYTES | (STRUCT<kms_resource_name STRING, first_level_keyset BYTES, second_level_keyset BYTES>, Text, Text) -> BYTES", Missing),
    scalar("DLP_DETERMINISTIC_DECRYPT", "(BYTES, STRING, STRING, [STRING]) -> STRING", Missing),
    scalar("DLP_DETERMINISTIC_ENCRYPT", "(BYTES, STRING, STRING, [STRING]) -> STRING", Missing),
    scalar("DLP_KEY_CHAIN", "(STRING, BYTES) -> BYTES", Missing),
    scalar("FARM_FINGERPRINT", "(Text) -> INT64", Native("farm_fingerprint")),
    scalar("KEYED_HASH", "(STRING, STRING) -> STRING", Text("tidemill_keyed_hash({0}, {1})")).sanitising(),
    scalar("KEYS.ADD_KEY_FROM_RAW_BYTES", "(BYTES, STRING, BYTES) -> BYTES", Missing),
    scalar("KEYS.KEYSET_CHAIN", "(!STRING, !BYTES) -> STRUCT<kms_resource_name STRING, first_level_keyset BYTES, second_level_keyset BYTES>", Missing),
    scalar("KEYS.KEYSET_FROM_JSON", "(STRING) -> BYTES", Missing),
    scalar("KEYS.KEYSET_LENGTH", "(BYTES) -> INT64", Missing),
    scalar("KEYS.KEYSET_TO_JSON", "(BYTES) -> STRING", Missing),
    scalar("KEYS.NEW_KEYSET", "(STRING) -> BYTES", Missing).volatile(),
    scalar("KEYS.NEW_WRAPPED_KEYSET", "(STRING, STRING) -> BYTES", Missing).volatile(),
    scalar("KEYS.REWRAP_KEYSET", "(STRING, STRING, BYTES) -> BYTES", Missing).volatile(),
    scalar("KEYS.ROTATE_KEYSET", "(BYTES, STRING) -> BYTES", Missing).volatile(),
    scalar("KEYS.ROTATE_WRAPPED_KEYSET", "(STRING, BYTES, STRING) -> BYTES", Missing).volatile(),
    scalar("MD5", "(Text) -> BYTES", With(forms::md5)),
    scalar("NET.HOST", "(STRING) -> STRING", Native("host")),
    scalar("NET.IPV4_FROM_INT64", "(INT64) -> BYTES", Native("ipv4_from_int64")),
    scalar("NET.IPV4_TO_INT64", "(BYTES) -> INT64", Native("ipv4_to_int64")),
    scalar("NET.IP_FROM_STRING", "(STRING) -> BYTES", Native("ip_from_string")),
    scalar("NET.IP_NET_MASK", "(INT64, INT64) -> BYTES", Native("ip_net_mask")),
    scalar("NET.IP_TO_STRING", "(BYTES) -> STRING", Native("ip_to_string")),
    scalar("NET.IP_TRUNC", "(BYTES, INT64) -> BYTES", Native("ip_trunc")),
    scalar("NET.PUBLIC_SUFFIX", "(STRING) -> STRING", Native("public_suffix")),
    scalar("NET.REG_DOMAIN", "(STRING) -> STRING", Native("reg_domain")),
    scalar("NET.SAFE_IP_FROM_STRING", "(STRING) -> BYTES", Native("safe_ip_from_string")),
    scalar("SESSION_USER", "() -> STRING", Missing).session(),
    scalar("SHA1", "(Text) -> BYTES", With(forms::sha1)),
    scalar("SHA256", "(Text) -> BYTES", With(forms::sha256)),
    scalar("SHA512", "(Text) -> BYTES", Native("sha512")),
];
