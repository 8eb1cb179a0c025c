// Hands the token to the editor's page, which opened this window, and to nobody else: the browser delivers a message only
// where the page is one of this site. Sveltia CMS says first that it listens.
{
  const { provider, token } = document.currentScript.dataset;
  document.currentScript.removeAttribute("data-token");
  const { origin } = location;
  addEventListener("message", (message) => {
    if (message.origin !== origin || message.source !== opener || message.data !== `authorizing:${provider}`) return;
    opener.postMessage(`authorization:${provider}:success:${JSON.stringify({ provider, token })}`, origin);
  });
  opener?.postMessage(`authorizing:${provider}`, origin);
}
