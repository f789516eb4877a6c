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

/// Shortcuts of the tables of legacy pings. Where a name stands twice, the first path that a table has holds:
/// desktop's pings say in the payload what others say in the submit path alone.
const LEGACY: &[Shortcut] = &[
    Shortcut { name: "app_build", path: "application.build_id" },
    Shortcut { name: "app_build", path: "metadata.uri.app_build_id" },
    Shortcut { name: "app_channel", path: "application.channel" },
    Shortcut { name: "app_channel", path: "metadata.uri.app_update_channel" },
    Shortcut { name: "app_name", path: "application.name" },
    Shortcut { name: "app_name", path: "metadata.uri.app_name" },
    Shortcut { name: "app_version", path: "application.version" },
    Shortcut { name: "app_version", path: "metadata.uri.app_version" },
    Shortcut { name: "architecture", path: "application.architecture" },
    Shortcut { name: "city", path: "metadata.geo.city" },
    Shortcut { name: "country", path: "metadata.geo.country" },
    Shortcut { name: "default_search_engine", path: "environment.settings.default_search_engine" },
    Shortcut { name: "distribution", path: "environment.partner.distribution_id" },
    Shortcut { name: "is_default_browser", path: "environment.settings.is_default_browser" },
    Shortcut { name: "locale", path: "environment.settings.locale" },
    Shortcut { name: "os", path: "environment.system.os.name" },
    Shortcut { name: "os_version", path: "environment.system.os.version" },
    Shortcut { name: "profile_creation_date", path: "environment.profile.creation_date" },
    Shortcut { name: "reason", path: "payload.info.reason" },
    Shortcut { name: "session_id", path: "payload.info.session_id" },
    Shortcut { name: "subdivision", path: "metadata.geo.subdivision1" },
    Shortcut { name: "subsession_length", path: "payload.info.subsession_length" },
];

/// The shortcuts of a ping table, in the order of their names: those whose path it has.
pub fn shortcuts(has_path: impl Fn(&str) -> bool) -> Vec<Shortcut> {
    let mut found: Vec<Shortcut> = Vec::new();
    for shortcut in GLEAN.iter().chain(LEGACY) {
        if has_path(shortcut.path) && found.iter().all(|known| known.name != shortcut.name) {
            found.push(*shortcut);
        }
    }
    found.sort_by_key(|shortcut| shortcut.name);
    found
}

#[cfg(test)]
mod tests {
    use super::shortcuts;

    #[test]
    fn a_table_has_the_shortcuts_whose_paths_it_has() {
        let of = |paths: &[&str]| -> Vec<(&str, &str)> {
            shortcuts(|path| paths.contains(&path)).iter().map(|found| (found.name, found.path)).collect()
        };
        assert_eq!(
            of(&["metadata.uri.app_version", "metadata.geo.country", "application.version"]),
            [("app_version", "application.version"), ("country", "metadata.geo.country")]
        );
        assert_eq!(of(&["client_info.os", "environment.system.os.name"]), [("os", "client_info.os")]);
    }
}
