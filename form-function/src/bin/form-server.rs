//! Site and forms on one machine.

use form_function::settings::Settings;
use form_function::{logs, server};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    logs::plain();
    // Before anybody is told that it listens: who asks it to stop from then on is heard.
    let stop = stop_signal()?;
    let server = server::start(&Settings::from_environment()?).await?;
    tracing::info!(address = %server.address, "listening");
    stop.await?;
    tracing::info!("stopping");
    server.stop().await
}

/// Ctrl-C, or what a service manager sends, from now on.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Ok(())
    })
}

/// Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}
