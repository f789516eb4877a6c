//! The templates that come with the program, as `tidemill/NAME`.

/// A built-in template.
pub struct BuiltIn {
    /// With the prefix: `tidemill/stable`.
    pub name: &'static str,
    pub text: &'static str,
    /// A second query that fills all partitions up to a date at once, where the template has one.
    pub init: Option<&'static str>,
}

/// All built-in templates, by name.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn { name: "tidemill/active_users", text: include_str!("active_users.sql"), init: None },
    BuiltIn { name: "tidemill/aggregate", text: include_str!("aggregate.sql"), init: None },
    BuiltIn { name: "tidemill/clients_daily", text: include_str!("clients_daily.sql"), init: None },
    BuiltIn {
        name: "tidemill/clients_first_seen",
        text: include_str!("clients_first_seen.sql"),
        init: Some(include_str!("clients_first_seen.init.sql")),
    },
    BuiltIn { name: "tidemill/clients_last_seen", text: include_str!("clients_last_seen.sql"), init: None },
    BuiltIn { name: "tidemill/events_unnested", text: include_str!("events_unnested.sql"), init: None },
    BuiltIn { name: "tidemill/history", text: include_str!("history.sql"), init: None },
    BuiltIn { name: "tidemill/snapshot", text: include_str!("snapshot.sql"), init: None },
    BuiltIn { name: "tidemill/stable", text: include_str!("stable.sql"), init: None },
    BuiltIn { name: "tidemill/union", text: include_str!("union.sql"), init: None },
    BuiltIn { name: "tidemill/usage_log_daily", text: include_str!("usage_log_daily.sql"), init: None },
    BuiltIn { name: "tidemill/web_sessions", text: include_str!("web_sessions.sql"), init: None },
];

/// Finds a built-in template by its full name.
pub fn find(name: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().find(|template| template.name == name)
}
