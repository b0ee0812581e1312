/** One thing that is wrong, with its place. */
export interface Problem {
  readonly place: string;
  readonly message: string;
}
