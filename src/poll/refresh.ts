import type { AlertDraft } from '../model/alert.ts';
import { alertName } from '../model/alert.ts';
import { alertMessage } from './fill.ts';
import type { Run } from './run.ts';
import type { Told } from './tell.ts';

/** Edits the cards of claims that ran out, where no alert of this poll has edited them already. */
export async function refreshCards(claimsEnded: readonly AlertDraft[], told: readonly Told[], run: Run): Promise<void> {
  const edited = new Set(
    told.flatMap(({ sendings }) => sendings.map(({ channel, referralId }) => `${channel} ${referralId}`)),
  );
  for (const channel of run.channels.values()) {
    if (!channel.refresh) continue;
    for (const draft of claimsEnded) {
      if (edited.has(`${channel.id} ${draft.referralId}`)) continue;
      const key = `${draft.referralId}/${alertName(draft)}/${channel.id}`;
      const message = alertMessage(draft, key, channel.id, run);
      // A card that cannot be edited now is edited at the next alert; the alert itself was told.
      if (message.previous !== undefined) await channel.refresh(message).catch(() => undefined);
    }
  }
}
