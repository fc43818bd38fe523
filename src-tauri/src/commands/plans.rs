//! Planned digests.

use tauri::State;
use wirewatch_monitor as monitor;

use super::{Answer, ask};
use crate::shell::Shell;
use crate::wire::{FieldFault, PlanCheck, PlanDraft, PlanRow, TimeZones, TypedAddress, moment, sentence};

/// Every planned digest as it stands.
#[tauri::command]
pub(super) async fn list_plans(shell: State<'_, Shell>) -> Answer<Vec<PlanRow>> {
    ask(&shell, move |monitor| {
        let mut rows = Vec::new();
        for plan in monitor.library().plans()? {
            let standing = monitor.standing(&plan)?;
            rows.push(PlanRow::new(plan, standing));
        }
        Ok(rows)
    })
    .await
}

/// A plan before anything is filled in.
#[tauri::command]
pub(super) async fn fresh_plan(shell: State<'_, Shell>) -> Answer<PlanDraft> {
    ask(&shell, move |monitor| Ok(monitor.fresh_plan("").into())).await
}

/// What is to be said of a plan as it is filled in. A plan that is planned already keeps its name.
#[tauri::command]
pub(super) async fn check_plan(
    shell: State<'_, Shell>,
    draft: PlanDraft,
    planned: bool,
) -> Answer<PlanCheck> {
    ask(&shell, move |monitor| {
        let plan = match draft.into_plan(monitor.now()) {
            Ok(plan) => plan,
            Err(fault) => return Ok(PlanCheck { next: None, faults: vec![fault] }),
        };
        let taken = if planned { None } else { monitor.name_taken(&plan.name)? };
        let faults: Vec<FieldFault> =
            taken.into_iter().chain(monitor.plan_faults(&plan)?).map(FieldFault::from).collect();
        Ok(PlanCheck { next: Some(moment(monitor.next_edition(&plan))), faults })
    })
    .await
}

/// Saves a plan: one that is planned already in its place, a new one only under a name that is free.
#[tauri::command]
pub(super) async fn save_plan(shell: State<'_, Shell>, draft: PlanDraft, planned: bool) -> Answer<PlanRow> {
    ask(&shell, move |monitor| {
        let plan = draft.into_plan(monitor.now())?;
        if planned {
            monitor.save_plan(&plan)?;
        } else {
            monitor.add_plan(&plan)?;
        }
        let saved = monitor.plan(&plan.name)?;
        let standing = monitor.standing(&saved)?;
        Ok(PlanRow::new(saved, standing))
    })
    .await
}

/// Removes a plan with what waits to be sent of it; its editions stay.
#[tauri::command]
pub(super) async fn remove_plan(shell: State<'_, Shell>, name: String) -> Answer<()> {
    ask(&shell, move |monitor| Ok(monitor.remove_plan(&name)?)).await
}

/// The time zones that a plan can name.
#[tauri::command]
pub(super) async fn time_zones() -> TimeZones {
    TimeZones {
        system: monitor::system_zone().to_owned(),
        names: monitor::time_zones().map(str::to_owned).collect(),
    }
}

/// Takes apart what was typed or pasted as mail addresses.
#[tauri::command]
pub(super) async fn read_addresses(text: String) -> Vec<TypedAddress> {
    let read = monitor::read_addresses(&text).into_iter().map(|read| match read {
        Ok(address) => TypedAddress { address: Some(address), message: String::new() },
        Err(words) => TypedAddress { address: None, message: sentence(&words) },
    });
    read.collect()
}
