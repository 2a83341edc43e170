//! A real mosquitto on a free port, and devices that are connected to it.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{Packet, Publish};
use rumqttc::v5::{AsyncClient, Event, MqttOptions};
use tokio::sync::mpsc;

/// Runs the broker until its input ends, however our process ends.
const KEEPER: &str = r#""$1" -c "$2" & read -r _; kill -9 $!; wait"#;

/// A broker. It goes when this is dropped.
pub(crate) struct Broker {
    pub(crate) port: u16,
    folder: tempfile::TempDir,
    program: PathBuf,
    running: Option<Child>,
}

impl Broker {
    /// A broker with some lines more in its configuration; `None` if mosquitto is not installed.
    pub(crate) fn start(more: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        Self::start_in(folder, |_| more.to_owned())
    }

    /// The same, with lines that name files of its folder.
    pub(crate) fn start_in(
        folder: tempfile::TempDir,
        more: impl Fn(&Path) -> String,
    ) -> Option<Self> {
        let known = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto"];
        let Some(program) = known.map(PathBuf::from).into_iter().find(|path| path.exists()) else {
            let _ = writeln!(std::io::stderr(), "skipped: mosquitto is not installed");
            return None;
        };
        // Freed at once and taken by the broker a moment later.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let more = more(folder.path());
        // What says who may connect stands before the listener or after it; what says how, after.
        let text = format!(
            "user root\nlog_dest stderr\nlistener {port} 127.0.0.1\nallow_anonymous {}\n{more}\n",
            !more.contains("password_file")
        );
        std::fs::write(folder.path().join("conf"), text).unwrap();
        let mut broker = Self { port, folder, program, running: None };
        broker.run();
        Some(broker)
    }

    /// Stops it as a power cut would.
    pub(crate) fn kill(&mut self) {
        if let Some(mut keeper) = self.running.take() {
            keeper.stdin = None;
            keeper.wait().unwrap();
        }
    }

    /// Starts it, and waits until it listens.
    pub(crate) fn run(&mut self) {
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, "sh"])
            .arg(&self.program)
            .arg(self.folder.path().join("conf"))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(keeper.stderr.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().ends_with("running")), "mosquitto did not start");
        // It goes on logging, and would stand still when nobody reads.
        std::thread::spawn(move || for _ in lines {});
        self.running = Some(keeper);
    }

    /// A device that listens on a topic.
    pub(crate) async fn device(&self, topic: &str) -> Device {
        self.device_as(topic, None).await
    }

    pub(crate) async fn device_as(&self, topic: &str, login: Option<(&str, &str)>) -> Device {
        let mut options = MqttOptions::new(format!("device-{topic}"), "127.0.0.1", self.port);
        if let Some((name, password)) = login {
            options.set_credentials(name, password);
        }
        let (client, mut events) = AsyncClient::new(options, 100);
        client.subscribe(topic, QoS::AtLeastOnce).await.unwrap();
        let (heard, messages) = mpsc::unbounded_channel();
        let (ready, mut listening) = mpsc::channel(1);
        tokio::spawn(async move {
            while let Ok(event) = events.poll().await {
                match event {
                    Event::Incoming(Packet::SubAck(_)) => ready.send(()).await.unwrap(),
                    Event::Incoming(Packet::Publish(packet)) => drop(heard.send(packet)),
                    _ => {}
                }
            }
        });
        super::soon(listening.recv()).await.expect("the device is subscribed");
        Device { client, messages }
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.kill();
    }
}

pub(crate) struct Device {
    client: AsyncClient,
    messages: mpsc::UnboundedReceiver<Publish>,
}

impl Device {
    pub(crate) async fn hears(&mut self) -> Publish {
        super::soon(self.messages.recv()).await.unwrap()
    }

    pub(crate) async fn says(&self, payload: &str) {
        self.client.publish("replies", QoS::AtLeastOnce, false, payload.to_owned()).await.unwrap();
    }
}
