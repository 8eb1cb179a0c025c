//! SHELL: the server, until it is asked to stop.

use form_function::server;
use form_function::settings::Settings;

/// Serves the site and its forms until somebody asks the process to stop.
pub(crate) async fn run() -> anyhow::Result<()> {
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
