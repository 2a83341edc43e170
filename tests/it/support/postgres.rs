//! A real PostgreSQL for tests: one server for all tests of the process, a new database for each.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// Starts a server in a new folder, says `ready`, stops or starts it as it is told line by line,
/// and, when its input ends (however our process ends), stops it and removes the folder.
const KEEPER: &str = r#"
    trap '' INT
    folder=$(mktemp -d /tmp/muster-test-postgres.XXXXXX) || exit 1
    "$1/initdb" -D "$folder" -U muster -A trust -E UTF8 --no-sync >/dev/null || exit 1
    cat >>"$folder/postgresql.conf" <<END
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
port = $2
END
    start() { "$1/pg_ctl" -D "$folder" -l "$folder/log" -w start >/dev/null || cat "$folder/log" >&2; }
    start "$1"
    echo ready
    while read -r told; do
        case $told in
            stop) "$1/pg_ctl" -D "$folder" -m immediate stop >/dev/null ;;
            start) start "$1" ;;
        esac
        echo ready
    done
    "$1/pg_ctl" -D "$folder" -m immediate stop >/dev/null 2>&1
    rm -rf "$folder"
"#;

/// A running server. It goes when this is dropped, or when the process ends.
pub(crate) struct Server {
    port: u16,
    keeper: Child,
    tell: Option<ChildStdin>,
    hear: BufReader<std::process::ChildStdout>,
}

impl Server {
    /// Starts a server of the test's own, to stop and start at will; `None` if PostgreSQL is not
    /// installed.
    pub(crate) fn start_own() -> Option<Self> {
        let Some(programs) = programs() else {
            let _ = writeln!(std::io::stderr(), "skipped: PostgreSQL is not installed");
            return None;
        };
        // Freed at once and taken by the server a moment later.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        // PostgreSQL refuses to run as root.
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        let mut keeper = command
            .args(["-c", KEEPER, "sh"])
            .arg(programs)
            .arg(port.to_string())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let tell = keeper.stdin.take();
        let hear = BufReader::new(keeper.stdout.take().unwrap());
        let mut server = Self { port, keeper, tell, hear };
        server.wait_until_ready();
        Some(server)
    }

    /// Stops the server as a power cut would.
    pub(crate) fn stop(&mut self) {
        self.order("stop");
    }

    /// Starts it again.
    pub(crate) fn start(&mut self) {
        self.order("start");
    }

    /// The address of a database on it that nobody else uses.
    pub(crate) async fn new_database(&self) -> String {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::connect(&self.url("postgres")).await.unwrap();
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut connection)
            .await
            .unwrap();
        self.url(&name)
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://muster@127.0.0.1:{}/{database}", self.port)
    }

    fn order(&mut self, what: &str) {
        writeln!(self.tell.as_mut().unwrap(), "{what}").unwrap();
        self.wait_until_ready();
    }

    fn wait_until_ready(&mut self) {
        let mut line = String::new();
        self.hear.read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "PostgreSQL did not start");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.tell = None;
        let _ = self.keeper.wait();
    }
}

/// The address of a new, empty database; `None` if PostgreSQL is not installed.
pub(crate) async fn database() -> Option<String> {
    static SHARED: OnceLock<Option<Server>> = OnceLock::new();
    // Never dropped: the keeper sees the end of the process.
    let shared = tokio::task::spawn_blocking(|| SHARED.get_or_init(Server::start_own)).await;
    match shared.unwrap() {
        Some(server) => Some(server.new_database().await),
        None => None,
    }
}

/// The folder of the newest PostgreSQL that Debian has installed.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.filter_map(|entry| Some(entry.ok()?.path())).max_by_key(number)?;
    Some(newest.join("bin")).filter(|bin| bin.join("initdb").exists())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}
