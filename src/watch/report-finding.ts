import { HOUR, type Instant, MINUTE } from '../base/instant.ts';
import { channelName } from '../model/channel-names.ts';
import type { Delivery } from '../model/checkpoint.ts';
import type { Finding } from './troubles.ts';

/** Something that waits for so long, in milliseconds, is a trouble and no hiccup. */
const PATIENCE = 20 * MINUTE;

/** What a channel that hears reports says about itself. */
export function reportChannelFinding(id: string, noted: Delivery | undefined, now: Instant): Finding {
  const key = `channel:${id}` as const;
  if (!noted || noted.byDoubt) return { key, ok: true };
  const { state, since = now, reason = 'no answer' } = noted;
  const isRefused = state === 'refused' || state === 'rejected';
  const isLate = (state === 'retry' || state === 'doubtful') && now - since >= PATIENCE;
  if (state === 'accepted' && now - noted.at >= HOUR) {
    return {
      key,
      ok: false,
      title: `${channelName(id)} does not say what became of its mails`,
      text: 'The service accepted the report an hour ago and has named no end since. It is sent anew once, marked as perhaps a repeat. Look at the service in the portal.',
    };
  }
  if (!isRefused && !isLate) return { key, ok: true };
  return {
    key,
    ok: false,
    title: `${channelName(id)} ${isRefused ? 'does not take the report' : 'cannot be reached'}`,
    text: `${reason}. The report is sent again at least every hour until its week is over. Check the channel with the doctor.`,
  };
}
