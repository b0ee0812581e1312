import { type Action, AdaptiveCard, ExecuteAction, HostConfig, OpenUrlAction } from 'adaptivecards';
import MarkdownIt from 'markdown-it';
import { darkConfig, lightConfig } from './host-config.ts';

const markdown = new MarkdownIt({ html: false, linkify: false });
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

const dark = matchMedia('(prefers-color-scheme: dark)');
const redrawn = new Set<WeakRef<HTMLElement & { redraw?: () => void }>>();

dark.addEventListener('change', () => {
  for (const reference of redrawn) {
    const host = reference.deref();
    if (host?.isConnected) host.redraw?.();
    else redrawn.delete(reference);
  }
});

/** An `Action.Execute` that was pressed. */
export interface Execution {
  readonly verb: string;
  readonly data: unknown;
}

/** Draws a card with the official renderer, in Teams' light or dark look, and again when the look changes. */
export function renderCard(
  card: Readonly<Record<string, unknown>>,
  execute: (execution: Execution) => unknown,
): HTMLElement {
  const host: HTMLElement & { redraw?: () => void } = document.createElement('div');
  host.className = 'card';
  host.redraw = () => {
    const drawn = draw(card, execute);
    host.replaceChildren(...(drawn ? [drawn] : []));
  };
  host.redraw();
  redrawn.add(new WeakRef(host));
  return host;
}

function draw(card: Readonly<Record<string, unknown>>, execute: (execution: Execution) => unknown) {
  const adaptive = new AdaptiveCard();
  adaptive.hostConfig = new HostConfig(dark.matches ? darkConfig : lightConfig);
  adaptive.onExecuteAction = (action: Action) => {
    if (action instanceof OpenUrlAction && action.url) open(action.url);
    else if (action instanceof ExecuteAction) execute({ verb: action.verb ?? '', data: action.data });
  };
  adaptive.parse(card);
  return adaptive.render() ?? null;
}

/** A link to this very page shows the referral here; any other opens beside it. */
function open(address: string): void {
  const target = new URL(address, location.href);
  if (target.origin === location.origin && target.hash) {
    const found = document.getElementById(decodeURIComponent(target.hash.slice(1)));
    found?.scrollIntoView({ block: 'center' });
    found?.focus({ preventScroll: true });
    return;
  }
  window.open(target.href, '_blank', 'noopener,noreferrer');
}
