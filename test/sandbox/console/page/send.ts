import { byId } from './dom.ts';

/**
 * Asks the sandbox to do something. What comes of it arrives with the event stream.
 * @throws when it does not answer, or will not
 */
export async function send(path: string, body: Readonly<Record<string, unknown>> = {}): Promise<Response> {
  const answer = await fetch(`/sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new RefusedError(answer.status);
  return answer;
}

class RefusedError extends Error {
  constructor(status: number) {
    super(status === 503 ? 'The app is still starting. Press again in a moment.' : 'That is not possible any more.');
  }
}

/** Does what a press asks for, and when it cannot be done says so. */
export async function press(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    say(
      error instanceof RefusedError
        ? error.message
        : 'The sandbox does not answer. Once it is started again, this page goes on by itself.',
    );
  }
}

/** Says what a press did, for eyes and for screen readers. */
export function say(...said: (string | Node)[]): void {
  const [place, next] = [byId('said'), document.createDocumentFragment()];
  next.append(...said);
  if (place.textContent !== next.textContent) place.replaceChildren(next);
}
