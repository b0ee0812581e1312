import type { Instant } from '../base/instant.ts';
import type { Checkpoint, Outline } from './checkpoint.ts';

export interface SaveResult {
  /** What is now in the table, with the ETags it has there. */
  readonly saved: readonly Checkpoint[];
  /** Ids of rows that somebody else wrote since they were read; nothing of ours was written to them. */
  readonly conflicts: readonly string[];
}

/** What the table did not take as it was, since it was asked last. */
export interface RowTroubles {
  /** Ids of rows that were saved without what people wrote. */
  readonly bare: readonly string[];
  /** Ids of rows that the table takes in no form: they are kept in memory. */
  readonly inMemory: readonly string[];
}

/**
 * The checkpoints as they are kept. Every write is under the ETag of the row it changes. A row that the table refuses for what
 * it holds is saved without what people wrote, or else kept in memory: to whoever reads it is there.
 */
export interface CheckpointStore {
  /** All open checkpoints, 1,000 a request. */
  loadOpen(): Promise<Checkpoint[]>;
  /** The same, page by page: nobody has to hold them all. */
  openPages(): AsyncIterable<readonly Checkpoint[]>;
  /** Their outlines, 1,000 a request and a third of the bytes. */
  openOutlines(): AsyncIterable<readonly Outline[]>;
  /** Some open checkpoints, whole: one by one when they are few, else by reading all. Those that are gone are left out. */
  loadThese(referralIds: ReadonlySet<string>): Promise<Checkpoint[]>;
  /** One checkpoint, open or closed; null when the referral was never seen. */
  find(referralId: string): Promise<Checkpoint | null>;
  /** Writes open checkpoints, 100 a transaction; one without an ETag must not be there yet. */
  save(checkpoints: readonly Checkpoint[]): Promise<SaveResult>;
  /**
   * Reads one open checkpoint, changes it and writes it back; reads again when somebody was faster.
   * `change` answers null when there is nothing to write. Answers what stands in the table afterwards,
   * null when there is no such open checkpoint.
   */
  update(referralId: string, change: (current: Checkpoint) => Checkpoint | null): Promise<Checkpoint | null>;
  /** Moves checkpoints out of the open ones; harmless when repeated. */
  close(checkpoints: readonly Checkpoint[]): Promise<void>;
  rowTroubles(): RowTroubles;
  /** Erases closed checkpoints whose `closedAt` lies before the instant; answers how many. */
  eraseClosedBefore(instant: Instant): Promise<number>;
}

/** What is kept, for those who look back at it; a poll needs none of it. */
export interface CheckpointArchive extends Pick<CheckpointStore, 'loadOpen'> {
  /** Closed checkpoints whose `closedAt` is not before the instant. */
  closedSince(instant: Instant): Promise<Checkpoint[]>;
  /** Changes what is kept of one referral, open or closed, under its ETag; answers whether there was anything. */
  amend(referralId: string, change: (current: Checkpoint) => Checkpoint): Promise<boolean>;
}
