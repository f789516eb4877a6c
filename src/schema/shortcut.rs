//! Shortcuts: short names for columns that every source of a kind has, so that a definition can say
//! `country` for `metadata.geo.country`. They are shown expanded in `generated/`.

/// A short name and the path that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcut {
    pub name: &'static str,
    pub path: &'static str,
}

/// Shortcuts of Glean ping tables.
const GLEAN: &[Shortcut] = &[
    Shortcut { name: "app_build", path: "client_info.app_build" },
    Shortcut { name: "app_channel", path: "client_info.app_channel" },
    Shortcut { name: "app_version", path: "client_info.app_display_version" },
    Shortcut { name: "architecture", path: "client_info.architecture" },
    Shortcut { name: "city", path: "metadata.geo.city" },
    Shortcut { name: "client_id", path: "client_info.client_id" },
    Shortcut { name: "country", path: "metadata.geo.country" },
    Shortcut { name: "device_manufacturer", path: "client_info.device_manufacturer" },
    Shortcut { name: "device_model", path: "client_info.device_model" },
    Shortcut { name: "distribution", path: "client_info.distribution.name" },
    Shortcut { name: "first_run_date", path: "client_info.first_run_date" },
    Shortcut { name: "locale", path: "client_info.locale" },
    Shortcut { name: "os", path: "client_info.os" },
    Shortcut { name: "os_version", path: "client_info.os_version" },
    Shortcut { name: "reason", path: "ping_info.reason" },
    Shortcut { name: "seq", path: "ping_info.seq" },
    Shortcut { name: "subdivision", path: "metadata.geo.subdivision1" },
];

/// All shortcuts of Glean ping tables, in the order of their names.
pub fn glean_shortcuts() -> &'static [Shortcut] {
    GLEAN
}

/// The path behind a shortcut of a Glean ping table.
pub fn glean_shortcut(name: &str) -> Option<&'static str> {
    GLEAN.iter().find(|shortcut| shortcut.name == name).map(|shortcut| shortcut.path)
}
