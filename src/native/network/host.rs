//! Hosts of URLs and the domains that they belong to. Net functions, "NET.HOST", "NET.PUBLIC_SUFFIX", "NET.REG_DOMAIN".

use psl::{List, Psl, Type};

use crate::native::text::stretch;
use crate::native::{Native, strict, unexpected};
use crate::value::Value;

pub const ROWS: &[Native] =
    &[strict("host", host), strict("public_suffix", public_suffix), strict("reg_domain", reg_domain)];

fn host<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    part(arguments, |host| Some(host))
}

fn public_suffix<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    part(arguments, |host| Some(&host[host.len() - suffix(host)?..]))
}

/// The public suffix and one label before it.
fn reg_domain<'a>(arguments: &[Value<'a>]) -> Result<Value<'a>, String> {
    part(arguments, |host| {
        let before = host[..host.len() - suffix(host)?].strip_suffix('.')?;
        let label = before.rsplit('.').next().filter(|label| !label.is_empty())?;
        Some(&host[before.len() - label.len()..])
    })
}

/// A part of the host, or NULL.
fn part<'a>(arguments: &[Value<'a>], of: fn(&str) -> Option<&str>) -> Result<Value<'a>, String> {
    let [Value::String(url)] = arguments else { return Err(unexpected(arguments)) };
    match host_of(url).and_then(of) {
        Some(found) => {
            let from = found.as_ptr().addr() - url.as_ptr().addr();
            stretch(&arguments[0], from..from + found.len())
        }
        None => Ok(Value::Null),
    }
}

/// The host as it is written: behind `scheme://` or `//` and a user, before a port, a path, a query. A URL without
/// `//` is taken for one that begins with the host.
fn host_of(url: &str) -> Option<&str> {
    let url = url.trim();
    let is_scheme = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    let rest = match url.split_once("//") {
        Some((before, rest)) if before.is_empty() || before.strip_suffix(':').is_some_and(is_scheme) => rest,
        _ => url,
    };
    let authority = rest.split(['/', '?', '#']).next()?;
    let place = authority.rsplit('@').next()?;
    let host = match place.strip_prefix('[') {
        Some(bracketed) => &place[..bracketed.find(']')? + 2],
        None => place.split(':').next()?,
    };
    let host = host.trim();
    (!host.is_empty()).then_some(host)
}

/// How long the public suffix of a host is, dots behind it counted. Private domains are none.
fn suffix(host: &str) -> Option<usize> {
    let labels = host.trim_start_matches('.');
    let name = labels.trim_end_matches('.');
    if name.is_empty() || name.contains("..") || name.starts_with('[') {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let mut wanted = lower.as_str();
    loop {
        let found = List.suffix(wanted.as_bytes())?;
        let length = found.as_bytes().len();
        match found.typ()? {
            Type::Icann => return Some(length + labels.len() - name.len()),
            // What is private may stand below a suffix that is not.
            Type::Private => wanted = wanted[wanted.len() - length..].split_once('.')?.1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found_as_well_as_can_be() {
        for (url, expected) in [
            ("http://a.b/c:d@e", Some("a.b")),
            ("https://user:word@a.b:80/?x", Some("a.b")),
            ("a.b?x=//c", Some("a.b")),
            ("//a.b", Some("a.b")),
            ("ftp://[::1]:80", Some("[::1]")),
            ("http://[::1", None),
            ("http:///path", None),
            ("mailto:x@y", Some("y")),
            ("\t ", None),
        ] {
            assert_eq!(host_of(url), expected, "{url}");
        }
    }

    #[test]
    fn private_domains_are_no_suffixes() {
        for (host, expected) in [
            ("a.co.uk", Some(5)),
            ("foo.us.com", Some(3)),
            ("a.blogspot.com", Some(3)),
            ("a.b.ck", Some(4)),
            ("www.ck", Some(2)),
            ("a.nosuchsuffix", None),
            ("a..com", None),
            ("例子.卷筒纸.中国", Some(6)),
        ] {
            assert_eq!(suffix(host), expected, "{host}");
        }
    }
}
