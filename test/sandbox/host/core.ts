import { randomUUID } from 'node:crypto';
import Module from 'node:module';

/** What `@azure/functions` says about one binding of a function; other members differ by trigger. */
export interface Binding {
  readonly type?: string;
  readonly direction?: string;
  readonly [member: string]: unknown;
}

export interface FunctionMetadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, Binding>>;
  readonly retryOptions?: unknown;
}

export type FunctionCallback = (...inputs: unknown[]) => unknown;
export type Hook = (context: Record<string, unknown>) => unknown;
export type LogHandler = (level: string, category: string, message: string) => void;

interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<{ returnValue?: TypedData | null }>;
}

interface ProgrammingModel {
  getInvocationModel(coreContext: unknown): InvocationModel;
}

/** The worker's envelope for a value; only the members that timers and HTTP use. */
export interface TypedData {
  readonly json?: string;
  readonly string?: string;
  readonly bytes?: Uint8Array;
  readonly http?: HttpData;
}

export interface HttpData {
  readonly method?: string;
  readonly url?: string;
  readonly statusCode?: string;
  readonly headers?: Record<string, string>;
  readonly nullableHeaders?: Record<string, { value: string }>;
  readonly nullableQuery?: Record<string, { value: string }>;
  readonly nullableParams?: Record<string, { value: string }>;
  readonly cookies?: readonly Record<string, unknown>[];
  readonly body?: TypedData | null;
}

/** What one loaded app has registered. */
export interface Registration {
  readonly functions: Map<string, { metadata: FunctionMetadata; callback: FunctionCallback }>;
  readonly hooks: Map<string, Hook[]>;
  log: LogHandler;
}

interface CoreState {
  model: ProgrammingModel | null;
  current: Registration;
  installed: boolean;
}

export function createRegistration(log: LogHandler = () => {}): Registration {
  return { functions: new Map(), hooks: new Map(), log };
}

// One state a process, also when a test runner loads this file twice: the library asks for its core only once.
const stateKey = Symbol.for('sandbox.functions-core');
const globals = globalThis as unknown as Record<symbol, CoreState>;
globals[stateKey] ??= { model: null, current: createRegistration(), installed: false };
const state: CoreState = globals[stateKey];

const core = {
  version: '3.12.0',
  hostVersion: '4.1044.0',
  setProgrammingModel(model: ProgrammingModel) {
    state.model = model;
  },
  getProgrammingModel: () => state.model,
  registerFunction(metadata: FunctionMetadata, callback: FunctionCallback) {
    const { functions } = state.current;
    if (functions.has(metadata.name)) throw new Error(`A function named "${metadata.name}" is already registered.`);
    functions.set(metadata.name, { metadata, callback });
    return { dispose: () => functions.delete(metadata.name) };
  },
  registerHook(name: string, callback: Hook) {
    const list = state.current.hooks.get(name) ?? [];
    state.current.hooks.set(name, list);
    list.push(callback);
    return { dispose: () => list.splice(list.indexOf(callback), 1) };
  },
  log(level: string, category: string, message: string) {
    state.current.log(level, category, message);
  },
};

/** Answers `require('@azure/functions-core')`, which exists only inside the Azure Functions worker. Harmless when repeated. */
export function installCore(): void {
  if (state.installed) return;
  state.installed = true;
  const original = Module.prototype.require;
  Module.prototype.require = Object.assign(function patched(this: NodeJS.Module, id: string) {
    return id === '@azure/functions-core' ? core : original.call(this, id);
  }, original);
}

/** What is registered from now on goes here. */
export function registerInto(registration: Registration): void {
  state.current = registration;
}

/**
 * One invocation through the library's own conversion of inputs and outputs, hooks included.
 * Throws what the function throws; `onLog` hears the function's log lines.
 */
export async function invoke(
  registration: Registration,
  name: string,
  input: TypedData,
  onLog: LogHandler,
): Promise<TypedData | null> {
  const registered = registration.functions.get(name);
  if (!registered) throw new Error(`No function is named "${name}".`);
  if (!state.model) throw new Error('The app has registered no programming model.');
  const trigger = Object.entries(registered.metadata.bindings).find(([, binding]) => isTrigger(binding));
  const invocationId = randomUUID();
  const coreContext: Record<string, unknown> = {
    invocationId,
    metadata: registered.metadata,
    request: { invocationId, inputData: [{ name: trigger?.[0], data: input }], traceContext: {} },
    log: onLog,
  };
  const model = state.model.getInvocationModel(coreContext);
  const { context, inputs } = await model.getArguments();
  const shared = { hookData: {}, appHookData: {}, invocationContext: context, inputs };

  const before = { ...shared, functionCallback: registered.callback };
  coreContext.state = 'preInvocationHooks';
  for (const hook of registration.hooks.get('preInvocation') ?? []) await hook(before);

  const after: Record<string, unknown> = { ...shared, result: null, error: null };
  coreContext.state = 'invocation';
  try {
    after.result = await model.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    after.error = error;
  }
  coreContext.state = 'postInvocationHooks';
  for (const hook of registration.hooks.get('postInvocation') ?? []) await hook(after);
  if (after.error) throw after.error;
  return (await model.getResponse(context, after.result)).returnValue ?? null;
}

export function isTrigger(binding: Binding): boolean {
  return binding.direction === 'in' && (binding.type ?? '').toLowerCase().endsWith('trigger');
}
