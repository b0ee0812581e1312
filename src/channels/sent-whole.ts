import type { Agent, ClientRequest } from 'node:http';

/** Every agent is given its requests by this method; the types leave it out. */
interface Adding {
  addRequest(request: ClientRequest, ...rest: unknown[]): void;
}

/**
 * The same agent for one call, which says when that call's request has gone out whole: whatever fails from then on may have
 * arrived, what fails before it has not.
 */
export function watchingAgent<A extends Agent>(agent: A, onSent: () => void): A {
  const addRequest: Adding['addRequest'] = (request, ...rest) => {
    request.once('finish', onSent);
    (agent as unknown as Adding).addRequest(request, ...rest);
  };
  return Object.create(agent, { addRequest: { value: addRequest } }) as A;
}
