//! The table holds together: sorted, without doubles, every signature readable.

use super::{FAMILIES, FUNCTIONS, Role, operators, signature};

#[test]
fn each_family_is_sorted_and_no_name_stands_twice() {
    for (family, rows) in FAMILIES {
        for pair in rows.windows(2) {
            assert!(pair[0].name < pair[1].name, "{family}: {} stands before {}", pair[0].name, pair[1].name);
        }
    }
    for pair in FUNCTIONS.windows(2) {
        assert!(pair[0].name < pair[1].name, "{} stands twice", pair[0].name);
    }
}

#[test]
fn every_signature_can_be_read() {
    for function in FUNCTIONS.iter() {
        let read = signature::parse(function.written);
        assert!(read.is_ok_and(|read| !read.is_empty()), "{}: {}", function.name, function.written);
        assert!(!function.signatures().is_empty());
    }
    for written in operators::WRITTEN {
        assert!(signature::parse(written).is_ok(), "{written}");
    }
}

#[test]
fn only_aggregates_take_what_only_aggregates_can() {
    for function in FUNCTIONS.iter().filter(|function| function.role == Role::Scalar) {
        let clauses = function.clauses;
        assert!(!clauses.distinct && !clauses.order && !clauses.having && !clauses.over, "{}", function.name);
    }
}
