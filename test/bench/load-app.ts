import { createRegistration, installCore, invoke, registerInto, type TypedData } from '../sandbox/host/core.ts';

/** Loads the app in a stand-in for the Functions worker; what comes back calls one of its functions. */
export async function loadApp(entry: string) {
  const registration = createRegistration();
  installCore();
  registerInto(registration);
  await import(entry);
  const call = (name: string, input: TypedData) => invoke(registration, name, input, () => {});
  return { call, poll: () => call('pollReferrals', { json: JSON.stringify({ IsPastDue: false }) }) };
}
