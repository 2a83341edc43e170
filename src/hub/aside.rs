//! Threads for those who watch. They give way to those that answer.
//!
//! Thousands may watch the picture while one dispatcher waits for an answer. If both were served by
//! the same threads, a command would wait its turn among all who are told of the commands before it.

use std::num::NonZero;

use tokio::runtime::{Builder, Handle, Runtime, RuntimeFlavor};

/// How far the threads give way, of 19 (`nice`): they get a quarter of a core that others want too,
/// and all of one that nobody wants.
const NICENESS: i32 = 5;

/// The threads, until it is dropped.
#[derive(Debug)]
pub(super) struct Aside {
    /// None where there are no other threads, so that those of everybody do.
    runtime: Option<Runtime>,
    handle: Handle,
}

impl Aside {
    /// Starts a thread for each core. Whoever runs the hub on one thread has all of it there.
    pub(super) fn start() -> Self {
        if Handle::current().runtime_flavor() == RuntimeFlavor::CurrentThread {
            return Self { runtime: None, handle: Handle::current() };
        }
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(threads).thread_name("aside").enable_all();
        match builder.on_thread_start(give_way).build() {
            Ok(runtime) => Self { handle: runtime.handle().clone(), runtime: Some(runtime) },
            Err(error) => {
                tracing::warn!(%error, "no threads for those who watch; they share the others");
                Self { runtime: None, handle: Handle::current() }
            }
        }
    }

    /// By what work is given to the threads.
    pub(super) fn handle(&self) -> &Handle {
        &self.handle
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // What still watches has nobody to tell it anything, and whoever drops this must not wait.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Makes the thread that calls this give way to others.
fn give_way() {
    // Other systems know only the niceness of a whole process.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, NICENESS) {
        tracing::debug!(%error, "a thread for those who watch does not give way");
    }
}
