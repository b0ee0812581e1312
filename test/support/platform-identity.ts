/** What the platform tells a process about its managed identity. */
interface IdentityEnvironment {
  readonly IDENTITY_ENDPOINT: string;
  readonly IDENTITY_HEADER: string;
}

/**
 * Gives this process a managed identity, as if it had just started: the library looks once in a process who it is, and
 * keeps the tokens that it was given, but here many tests follow each other in one.
 */
export async function takeIdentity(environment: IdentityEnvironment): Promise<void> {
  Object.assign(process.env, environment);
  const { ManagedIdentityApplication } = await import('@azure/msal-node');
  const { managedIdentityClient } = new ManagedIdentityApplication() as unknown as { managedIdentityClient: object };
  Object.assign(managedIdentityClient.constructor, { identitySource: undefined });
  Object.assign(ManagedIdentityApplication, { nodeStorage: undefined });
}
