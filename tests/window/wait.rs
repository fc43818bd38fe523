//! Waiting for what must come, instead of sleeping until it should have.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::time::{MissedTickBehavior, interval};

/// Nothing here takes longer unless it hangs; generous, since a machine that builds at the same
/// time is slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// From one look to the next. Short beside what is waited for, long beside the cost of a look.
const LOOK_AGAIN: Duration = Duration::from_millis(40);

/// Asks until there is an answer; what went wrong last is told if none comes.
pub(crate) async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let begin = Instant::now();
    let mut looks = interval(LOOK_AGAIN);
    // Looks that a slow answer took the time of are not made up for.
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        match ask().await {
            Ok(Some(answer)) => return Ok(answer),
            Err(error) if begin.elapsed() > PATIENCE => {
                return Err(error.context(format!("waited for {what}")));
            }
            Ok(None) if begin.elapsed() > PATIENCE => bail!("waited in vain for {what}"),
            Ok(None) | Err(_) => {}
        }
    }
}
