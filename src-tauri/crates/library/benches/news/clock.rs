//! The time of the processor, by which a busy machine still measures.

use rustix::time::{ClockId, clock_gettime};

/// Milliseconds that the processor spent on us, on all its cores: a busy machine changes them little.
pub(crate) fn processor_time() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}
