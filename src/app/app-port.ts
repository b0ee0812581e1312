import type { BotRequest } from '../bot/verify-caller.ts';
import type { HttpAnswer } from '../endpoints/answer.ts';
import type { PollReport } from '../poll/report.ts';

export interface DetailCall {
  readonly id: string;
  readonly accept: string;
  readonly authorization: string | null;
}

/** What the functions can ask for. */
export interface App {
  poll(): Promise<PollReport>;
  detail(call: DetailCall): Promise<HttpAnswer>;
  health(): Promise<HttpAnswer>;
  /** What Teams sends to the bot. */
  messages(call: BotRequest): Promise<HttpAnswer>;
  /** Checks the set-up with the app's own identity; tells nobody. */
  doctor(): Promise<HttpAnswer>;
}

/** What an app does apart from looking at itself. */
export type Work = Omit<App, 'doctor'>;
