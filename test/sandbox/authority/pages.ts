import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Asks whoever is at the browser to approve; the form leads back to `action` with the same query. */
export function consentPage(options: {
  user: string;
  clientId: string;
  action: string;
}): Promise<HtmlEscapedString> | HtmlEscapedString {
  return html`<!doctype html>
    <html lang="en">
      <title>Sign in</title>
      <main>
        <h1>Permission requested</h1>
        <p>${options.user}, the application ${options.clientId} asks to act on your behalf.</p>
        <form method="post" action="${options.action}">
          <button name="answer" value="approve">Accept</button>
          <button name="answer" value="decline">Cancel</button>
        </form>
      </main>
    </html>`;
}

export function devicePage(message: string): Promise<HtmlEscapedString> | HtmlEscapedString {
  return html`<!doctype html>
    <html lang="en">
      <title>Enter code</title>
      <main>
        <h1>Enter code</h1>
        <p>${message}</p>
        <form method="post">
          <label>Code <input name="code" autocomplete="off" /></label>
          <button name="answer" value="approve">Accept</button>
          <button name="answer" value="decline">Cancel</button>
        </form>
      </main>
    </html>`;
}
