import type { Checkpoint } from '../model/checkpoint.ts';
import type { CheckpointStore } from '../model/checkpoint-store.ts';

/** A store that puts nothing to rest: until when is not known while nobody knows what time it is. */
export function withoutRests(store: CheckpointStore): CheckpointStore {
  return {
    ...store,
    save: checkpoints => store.save(checkpoints.map(awake)),
    update: (referralId, change) =>
      store.update(referralId, current => {
        const changed = change(current);
        return changed && awake(changed);
      }),
  };
}

function awake({ rest: _rest, ...checkpoint }: Checkpoint): Checkpoint {
  return checkpoint;
}
