//! Who holds a lease: a process, told apart from a later one with the same number.

/// A process that builds: host, process, its start and the boot it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner(pub String);

impl Owner {
    /// The process itself.
    pub fn this_process() -> Self {
        let id = std::process::id();
        Self(format!("{}:{id}:{}:{}", host(), start_ticks(id), boot()))
    }

    /// Whether the owner is a process of this boot of this host that is gone. Of another host nobody here
    /// knows, and a host's name may be another one's too: their leases have to run out.
    pub fn is_gone(&self) -> bool {
        let parts: Vec<&str> = self.0.split(':').collect();
        let [on, id, start, of] = parts.as_slice() else { return false };
        let Ok(id) = id.parse::<u32>() else { return false };
        *on == host() && *of == boot() && *start != start_ticks(id)
    }

    /// The process number, for people.
    pub fn process(&self) -> Option<&str> {
        self.0.split(':').nth(1)
    }
}

fn host() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default().trim().replace(':', "-")
}

fn boot() -> String {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default().trim().to_owned()
}

/// When a process started, in clock ticks since boot; empty when there is no such process.
fn start_ticks(id: u32) -> String {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().nth(19).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_process_itself_is_not_gone() {
        assert!(!Owner::this_process().is_gone());
    }

    #[test]
    fn a_process_that_ended_is_gone_also_when_its_number_is_used_again() {
        let own = Owner::this_process().0;
        let parts: Vec<&str> = own.split(':').collect();
        let with = |id: &str, start: &str| Owner([parts[0], id, start, parts[3]].join(":"));
        assert!(with("4194304", "17").is_gone());
        assert!(with(parts[1], "1").is_gone());
    }

    #[test]
    fn nobody_here_knows_of_processes_of_other_hosts_and_boots() {
        assert!(!Owner("elsewhere:1:1:0".to_owned()).is_gone());
        assert!(!Owner(format!("{}:4194304:17:another-boot", host())).is_gone());
        assert!(!Owner("garbled".to_owned()).is_gone());
    }
}
