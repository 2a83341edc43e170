//! Where the program writes its own log, and where traces go.
//!
//! The log says what the program does, never what people said: no text of an alert or a note, no
//! contact data, no token.

use std::io::IsTerminal as _;

use muster::config::{Config, LogFormat};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Begins writing the program's log to standard error; RUST_LOG narrows or widens it.
pub(crate) fn start(config: &Config) -> anyhow::Result<()> {
    let registry = tracing_subscriber::registry().with(filter("info")).with(otlp::layer(config)?);
    let to_stderr = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    match config.log_format {
        LogFormat::Text => registry.with(to_stderr).init(),
        LogFormat::Json => registry.with(to_stderr.json()).init(),
    }
    Ok(())
}

/// The same for the demo, which speaks to a newcomer: warnings only.
pub(crate) fn start_quiet() {
    let to_stderr = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    tracing_subscriber::registry().with(filter("warn")).with(to_stderr).init();
}

fn filter(default: &str) -> EnvFilter {
    EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default))
}

#[cfg(not(feature = "otel"))]
mod otlp {
    use muster::config::Config;
    use tracing_subscriber::layer::Identity;

    /// This build cannot export traces; being asked to is a mistake worth telling.
    pub(super) fn layer(config: &Config) -> anyhow::Result<Identity> {
        anyhow::ensure!(
            config.otlp.is_none(),
            "`otlp`: this build cannot export traces; build it with --features otel"
        );
        Ok(Identity::new())
    }
}

#[cfg(feature = "otel")]
mod otlp {
    use muster::config::Config;
    use opentelemetry::trace::TracerProvider as _;
    use opentelemetry_otlp::WithExportConfig as _;
    use opentelemetry_sdk::trace::SdkTracerProvider;
    use tracing_subscriber::registry::LookupSpan;

    /// Exports spans over OTLP/HTTP to the configured address, in batches, if there is one.
    pub(super) fn layer<S>(
        config: &Config,
    ) -> anyhow::Result<Option<impl tracing_subscriber::Layer<S> + use<S>>>
    where
        S: tracing::Subscriber + for<'a> LookupSpan<'a>,
    {
        let Some(url) = &config.otlp else { return Ok(None) };
        let exporter = opentelemetry_otlp::SpanExporter::builder()
            .with_http()
            .with_endpoint(url.as_str())
            .build()?;
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter).build();
        Ok(Some(tracing_opentelemetry::layer().with_tracer(provider.tracer("muster"))))
    }
}
