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
    insta::assert_snapshot!(made.join("\n"), @"");
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
    insta::assert_snapshot!(told, @"");
}

#[test]
fn an_entry_does_not_print_its_settings() {
    let file: File = toml::from_str(RELAY).unwrap();
    assert_eq!(format!("{:?}", file.provider), "[Entry(relay-1, Email, None)]");
    assert!(toml::from_str::<File>(&RELAY.replace("weight", "wieght")).is_err());
}
