use super::*;

const RELAY: &str = r#"
[[provider]]
name = "relay-1"
channel = "email"
weight = 3
[provider.settings]
host = "relay.county.example"
from = "County Alerts <alerts@county.example>"
"#;

#[derive(serde::Deserialize)]
struct File {
    provider: Vec<Entry>,
}

fn build(toml: &str) -> Result<Clients, Vec<String>> {
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let file: File = toml::from_str(toml).unwrap_or_else(|error| panic!("{error}"));
    let site = Site::new("https://hub.county.example/".parse().unwrap()).unwrap();
    Clients::build(&file.provider, &site, &Clock::system())
}

fn mistakes(toml: &str) -> String {
    build(toml).err().unwrap_or_default().join("\n")
}

/// A file with a secret, and the line that names it.
fn file(folder: &tempfile::TempDir, name: &str, content: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    format!("{name}_file = \"{}\"\n", path.display())
}

#[test]
fn a_provider_of_each_kind_is_made_from_its_settings() {
    let folder = tempfile::tempdir().unwrap();
    let password = file(&folder, "password", "hunter2\n");
    let token = file(&folder, "auth_token", "hunter2");
    let secret = file(&folder, "secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
    let key = file(&folder, "key", "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94\n");
    let entry = |name: &str, rest: &str, settings: &str| {
        format!("[[provider]]\nname = \"{name}\"\n{rest}\n[provider.settings]\n{settings}\n")
    };
    let smpp = format!("host = \"smsc.example\"\nsystem_id = \"m\"\nsource = \"911\"\n{password}");
    let values = "from = \"911\"\nvalues = { base = \"http://127.0.0.1:13013\", user = \"m\" }\n";
    let kannel = format!("{values}[provider.settings.secrets]\n{password}{secret}");
    let mqtt = format!(
        "url = \"mqtts://broker.example\"\nclient_id = \"hub\"\nusername = \"m\"\n{password}"
    );
    let voice = format!("account_sid = \"AC1\"\nfrom = \"+12025550143\"\n{token}");
    let push = format!("contact = \"mailto:ops@county.example\"\n{key}");
    let all = [
        RELAY.to_owned(),
        entry("smsc", "channel = \"sms\"\nkind = \"smpp\"\nper_second = 20", &smpp),
        entry("kannel", "channel = \"sms\"\nkind = \"kannel\"", &kannel),
        entry("broker", "channel = \"mqtt\"", &mqtt),
        entry("calls", "channel = \"voice\"\nat_once = 4", &voice),
        entry("hooks", "channel = \"webhook\"", &secret),
        entry("browsers", "channel = \"web-push\"", &push),
    ];
    let clients = build(&all.join("\n")).unwrap_or_else(|wrong| panic!("{}", wrong.join("\n")));
    let made: Vec<_> = clients
        .of
        .iter()
        .map(|of| {
            let calls = if of.callback.is_some() { ", calls back" } else { "" };
            let Terms { name, channel, weight, per_second, at_once } = &of.terms;
            format!(
                "{name}: {channel:?} weight {weight} rate {per_second:?} at once {at_once}{calls}"
            )
        })
        .collect();
    insta::assert_snapshot!(made.join("\n"), @r#"
    relay-1: Email weight 3 rate None at once 10
    smsc: Sms weight 1 rate Some(20.0) at once 50
    kannel: Sms weight 1 rate None at once 32, calls back
    broker: Mqtt weight 1 rate None at once 16
    calls: Voice weight 1 rate None at once 4, calls back
    hooks: Webhook weight 1 rate None at once 32
    browsers: WebPush weight 1 rate None at once 32
    "#);
}

#[test]
fn every_mistake_is_told_with_its_place_and_no_secret_is() {
    let folder = tempfile::tempdir().unwrap();
    let secret = file(&folder, "secret", "hunter2");
    let wrong = format!(
        r#"
[[provider]]
name = "Relay 1"
channel = "email"
weight = 0
mapping = "gateway.yaml"
[provider.settings]
host = "relay.example"
password = "hunter2"
key_file = "/nowhere/key"
[[provider]]
name = "relay-2"
channel = "email"
kind = "smpp"
[provider.settings]
hst = "relay.example"
[[provider]]
name = "relay-3"
channel = "email"
[provider.settings]
hst = "relay.example"
[[provider]]
name = "relay-3"
channel = "sms"
[[provider]]
name = "smsc"
channel = "sms"
kind = "smpp"
[provider.settings]
host = "smsc.example"
system_id = "far too long for an account"
source = ""
window = "hunter2"
[[provider]]
name = "gateway"
channel = "sms"
kind = "kannel"
[provider.settings]
from = "911"
secrets = {{ password = "hunter2" }}
[[provider]]
name = "own"
channel = "sms"
kind = "mapping"
mapping = "/nowhere/gateway.yaml"
[[provider]]
name = "hooks"
channel = "webhook"
[provider.settings]
{secret}
[[provider]]
name = "calls"
channel = "voice"
[provider.settings]
account_sid = "AC1"
from = "911"
"#
    );
    let told = mistakes(&wrong);
    assert!(!told.contains("hunter2"), "{told}");
    insta::assert_snapshot!(told, @r#"
    `provider[0] (Relay 1)`: `name` must be 1 to 40 small letters, digits and `-`, and not `sandbox`
    `provider[0] (Relay 1)`: `mapping` names the file for `kind = "mapping"`; give both
    `provider[0] (Relay 1)`: `weight` must be from 1 to 1000
    `provider[0] (Relay 1)`: `settings.key_file`: `/nowhere/key` cannot be read: No such file or directory (os error 2)
    `provider[0] (Relay 1)`: `settings.password`: secrets do not stand in the configuration; write `password_file` with the path of a file that holds it
    `provider[1] (relay-2)`: `kind` is for the channel `sms` alone
    `provider[2] (relay-3)`: `settings.hst`: unknown field `hst`, expected one of `host`, `port`, `tls`, `authorities`, `user`, `from`, `bounces`, `reply_to`, `list_id`, `unsubscribe`, `hello`, `connections`, `connect_seconds`, `answer_seconds`, `taken_seconds`
    `provider[3] (relay-3)`: another one has this name
    `provider[3] (relay-3)`: `kind` must say how short messages are sent: `smpp`, `kannel`, `twilio` or `mapping`
    `provider[4] (smsc)`: `settings.window`: invalid type; expected usize
    `provider[5] (gateway)`: `settings.secrets.password`: secrets do not stand in the configuration; write `password_file` with the path of a file that holds it
    `provider[6] (own)`: `mapping`: `/nowhere/gateway.yaml` is no text of up to 65536 bytes
    `provider[7] (hooks)`: settings: a secret of webhooks is `whsec_` and the Base64 of 24 to 64 random bytes
    `provider[8] (calls)`: `settings`: missing field `auth_token`
    "#);
}

#[test]
fn an_entry_does_not_print_its_settings() {
    let file: File = toml::from_str(RELAY).unwrap();
    assert_eq!(format!("{:?}", file.provider), "[Entry(relay-1, Email, None)]");
    assert!(toml::from_str::<File>(&RELAY.replace("weight", "wieght")).is_err());
}
