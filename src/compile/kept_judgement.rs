//! The form in which it is kept what rules said of a node: exceptions are places in its definition, rules and kinds
//! of identifiers are named. What has no such name in this program is as if it were not there.

use std::sync::Arc;

use super::Judged;
use super::kept::{KeptFinding, KeptPosition};
use crate::cache::form;
use crate::definition::{Exception, identifier_kind};
use crate::diagnostic::Source;
use crate::lint::{self, Determinism, Excepted, Facts, Reason, Tag};

/// What judging a node came to.
pub struct KeptJudged {
    facts: KeptFacts,
    /// Which exception of the definition, and what it took back.
    excepted: Vec<(usize, KeptFinding)>,
}
form!(struct KeptJudged { facts, excepted });

/// What readers know of a node.
pub struct KeptFacts {
    identifiers: Vec<KeptIdentifier>,
    expires: Option<u32>,
    is_view: bool,
    of_log: bool,
    pub reasons: Vec<KeptReason>,
}
form!(struct KeptFacts { identifiers, expires, is_view, of_log, reasons });

struct KeptIdentifier {
    place: String,
    kind: String,
    from: Option<(String, String)>,
    hashed: bool,
}
form!(struct KeptIdentifier { place, kind, from, hashed });

/// Why building again may differ.
pub struct KeptReason {
    rule: String,
    message: String,
    certain: bool,
    position: Option<KeptPosition>,
    view: Option<String>,
}
form!(struct KeptReason { rule, message, certain, position, view });

impl KeptJudged {
    pub fn new(judged: &Judged, exceptions: &[Exception]) -> Self {
        let Judged { facts, excepted } = judged;
        let excepted = excepted.iter().filter_map(|Excepted { exception, finding }| {
            let index = exceptions.iter().position(|known| known == exception)?;
            Some((index, KeptFinding::new(finding)))
        });
        Self { facts: KeptFacts::new(facts), excepted: excepted.collect() }
    }

    pub fn restored(
        self,
        exceptions: &[Exception],
        source: &dyn Fn(&str) -> Option<Arc<Source>>,
    ) -> Option<Judged> {
        let excepted = self.excepted.into_iter().map(|(index, finding)| {
            Some(Excepted { exception: exceptions.get(index)?.clone(), finding: finding.restored(source)? })
        });
        Some(Judged { facts: self.facts.restored(source)?, excepted: excepted.collect::<Option<_>>()? })
    }
}

impl KeptFacts {
    pub fn new(facts: &Facts) -> Self {
        let Facts { identifiers, expires, is_view, of_log, determinism } = facts;
        let identifiers = identifiers.iter().map(|(place, Tag { kind, from, hashed })| KeptIdentifier {
            place: place.clone(),
            kind: kind.name.to_owned(),
            from: from.clone(),
            hashed: *hashed,
        });
        Self {
            identifiers: identifiers.collect(),
            expires: *expires,
            is_view: *is_view,
            of_log: *of_log,
            reasons: determinism.reasons.iter().map(KeptReason::new).collect(),
        }
    }

    fn restored(self, source: &dyn Fn(&str) -> Option<Arc<Source>>) -> Option<Facts> {
        let identifiers = self.identifiers.into_iter().map(|KeptIdentifier { place, kind, from, hashed }| {
            Some((place, Tag { kind: identifier_kind(&kind)?, from, hashed }))
        });
        let reasons = self.reasons.into_iter().map(|reason| reason.restored(source));
        Some(Facts {
            identifiers: Arc::new(identifiers.collect::<Option<_>>()?),
            expires: self.expires,
            is_view: self.is_view,
            of_log: self.of_log,
            determinism: Determinism { reasons: reasons.collect::<Option<_>>()? },
        })
    }
}

impl KeptReason {
    fn new(reason: &Reason) -> Self {
        let Reason { rule, message, certain, position, view } = reason;
        Self {
            rule: (*rule).to_owned(),
            message: message.clone(),
            certain: *certain,
            position: position.as_ref().map(KeptPosition::new),
            view: view.clone(),
        }
    }

    fn restored(self, source: &dyn Fn(&str) -> Option<Arc<Source>>) -> Option<Reason> {
        let Self { rule, message, certain, position, view } = self;
        let position = match position {
            Some(position) => Some(position.restored(source)?),
            None => None,
        };
        Some(Reason { rule: lint::rule(&rule)?.name, message, certain, position, view })
    }
}
