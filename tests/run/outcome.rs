//! What a plan says, and how its tasks ended.

use jiff::civil::Date;
use tidemill::period::Period;
use tidemill::plan::{self, Plan};
use tidemill::run::{Outcome, TaskResult};

use super::mill::day;

/// A plan and how it went.
pub struct Ran {
    pub plan: Plan,
    pub outcome: Outcome,
    pub altered: Vec<String>,
}

impl Ran {
    /// The built partitions of a dataset, by day.
    pub fn built(&self, dataset: &str) -> Vec<Date> {
        self.days(dataset, |result| matches!(result, TaskResult::Built { .. }))
    }

    /// Tasks of a dataset that found nothing changed.
    pub fn left_alone(&self, dataset: &str) -> Vec<Date> {
        self.days(dataset, |result| *result == TaskResult::InputsUnchanged)
    }

    pub fn days(&self, dataset: &str, wanted: impl Fn(&TaskResult) -> bool) -> Vec<Date> {
        let tasks = self.plan.tasks.iter().zip(&self.outcome.results);
        let fits =
            tasks.filter(|(task, result)| task.dataset == dataset && result.as_ref().is_some_and(&wanted));
        fits.map(|(task, _)| task.from.first_day()).collect()
    }

    pub fn result(&self, dataset: &str, on: i32) -> &TaskResult {
        let is_it = |task: &plan::Task| task.dataset == dataset && task.from == Period::day(day(on));
        let index = self.plan.tasks.iter().position(is_it).unwrap_or_else(|| panic!("no task for {dataset}"));
        self.outcome.results[index].as_ref().unwrap()
    }

    /// The message of a failed task.
    pub fn failure(&self, dataset: &str, on: i32) -> &str {
        match self.result(dataset, on) {
            TaskResult::Failed(problem) => problem,
            other => panic!("{dataset} of day {on} did not fail: {other:?}"),
        }
    }

    pub fn assert_well(&self) {
        let results: Vec<_> = self.plan.tasks.iter().zip(&self.outcome.results).collect();
        assert!(!self.outcome.failed(), "{results:#?}");
    }
}

/// Stale days of a dataset in a plan.
pub fn stale(plan: &Plan, dataset: &str) -> Vec<Date> {
    let groups = plan.stale.iter().filter(|group| group.dataset == dataset);
    let mut days: Vec<Date> =
        groups.flat_map(|group| group.periods.iter().map(|one| one.first_day())).collect();
    days.sort();
    days
}

/// Planned days of a dataset, the conditional ones too.
pub fn planned(plan: &Plan, dataset: &str) -> Vec<Date> {
    plan.tasks.iter().filter(|task| task.dataset == dataset).map(|task| task.from.first_day()).collect()
}

/// Why days of a dataset wait.
pub fn waits(plan: &Plan, dataset: &str) -> Vec<String> {
    let groups = plan.waits.iter().filter(|group| group.dataset == dataset);
    groups
        .flat_map(|group| group.periods.iter().map(|one| format!("{one} {}", plan::obstacle(&group.reason))))
        .collect()
}
