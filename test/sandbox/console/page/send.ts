import { byId, setText } from './dom.ts';

/** Asks the sandbox to do something. What comes of it arrives with the event stream. */
export async function send(path: string, body: Readonly<Record<string, unknown>> = {}): Promise<Response> {
  return await fetch(`/sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Says what a press did, for eyes and for screen readers. */
export function say(text: string): void {
  setText(byId('said'), text);
}
