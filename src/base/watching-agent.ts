import type { Agent, ClientRequest } from 'node:http';

/** Every agent is given its requests by this method; the types leave it out. */
interface Adding {
  addRequest(request: ClientRequest, ...rest: unknown[]): void;
}

/** The same agent for one call, which shows that call's request: when it has gone out whole, what becomes of it. */
export function watchingAgent<A extends Agent>(agent: A, watch: (request: ClientRequest) => void): A {
  const addRequest: Adding['addRequest'] = (request, ...rest) => {
    watch(request);
    (agent as unknown as Adding).addRequest(request, ...rest);
  };
  return Object.create(agent, { addRequest: { value: addRequest } }) as A;
}
