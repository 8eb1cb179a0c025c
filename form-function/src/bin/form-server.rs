//! Site and forms on one machine.

use form_function::settings::Settings;
use form_function::{logs, server};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    logs::plain();
    let server = server::start(&Settings::from_environment()?).await?;
    tracing::info!(address = %server.address, "listening");
    stop_signal().await?;
    tracing::info!("stopping");
    server.stop().await
}

/// Ctrl-C, or what a service manager sends.
async fn stop_signal() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
