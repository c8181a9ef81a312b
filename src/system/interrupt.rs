//! Somebody wants the run to end. The first signal asks for it, so that what is known by then is still said; the second ends
//! the process at once.

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// The signal that came, 0 before it does.
static CAME: OnceLock<Arc<AtomicUsize>> = OnceLock::new();

/// From now on the first signal is noted. Without a handler it would end the process, as any other does.
pub(super) fn watch() {
    CAME.get_or_init(|| {
        let (came, again) = (Arc::<AtomicUsize>::default(), Arc::<AtomicBool>::default());
        for signal in [SIGINT, SIGTERM] {
            let _ = flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&again));
            let _ = flag::register(signal, Arc::clone(&again));
            let number = usize::try_from(signal).unwrap_or_default();
            let _ = flag::register_usize(signal, Arc::clone(&came), number);
        }
        // A file that may not grow any further is an error of writing like any other.
        #[cfg(unix)]
        let _ = flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
        came
    });
}

pub(super) fn came() -> Option<u8> {
    let signal = CAME.get()?.load(Ordering::Relaxed);
    u8::try_from(signal).ok().filter(|signal| *signal != 0)
}
