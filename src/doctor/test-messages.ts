import type { OperatorMessage } from '../model/channel.ts';

/** What the operator reads when somebody tries the channel. */
export function testMessage(now: number): OperatorMessage {
  return {
    trouble: 'test',
    phase: 'began',
    title: 'This is only a test',
    text: 'Somebody runs the doctor of Referral Alerts. This test message shows that the channel works; there is nothing to do.',
    since: now,
    now,
  };
}
